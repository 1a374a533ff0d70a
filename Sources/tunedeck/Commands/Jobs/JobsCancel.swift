import ArgumentParser
import TuneModel
import TuneStore

struct JobsCancel: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "cancel", abstract: told("End a job for good.", "彻底结束一个任务。"))
    }

    @OptionGroup var job: JobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let job = try await Desk().jobs.cancel(job.id)
        if common.json { return common.console.print(job.json) }
        common.console.say(
            job.status == .cancelled
                ? Wording("Job \(job.id) is cancelled.", "任务 \(job.id) 已取消。")
                : Wording("Job \(job.id) ends after the step it is at.", "任务 \(job.id) 将在完成当前这一步后结束。"))
    }
}
