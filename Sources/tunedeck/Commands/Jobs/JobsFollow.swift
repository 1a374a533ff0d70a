import ArgumentParser
import TuneModel

struct JobsFollow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "follow", abstract: told("Follow a job until it ends.", "跟踪任务直到结束。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        try await JobFollowing(job: target.find(on: desk), desk: desk, console: common.console).run()
    }
}
