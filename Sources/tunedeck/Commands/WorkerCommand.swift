import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct WorkerCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "worker",
            abstract: told(
                "Run the queued jobs, one at a time; started by itself when needed.", "逐个运行排队的任务；需要时会自动启动。"))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
        // The dashboard and the shell come first.
        _ = nice(5)
        signal(SIGHUP, SIG_IGN)
        let desk = try Desk(launcher: WorkerLauncher.none)
        // A worker holds no folder busy.
        _ = chdir("/")
        try await Worker(desk: desk, console: common.console).run()
    }
}
