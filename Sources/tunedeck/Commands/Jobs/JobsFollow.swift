import ArgumentParser
import TuneModel

struct JobsFollow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "follow", abstract: told("Follow a job until it ends.", "跟踪任务直到结束。"))
    }

    @OptionGroup var job: JobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await JobFollowing(job: job.id, desk: Desk(), console: common.console).run()
    }
}
