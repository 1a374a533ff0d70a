import ArgumentParser
import TuneModel
import TuneStore

struct JobsResume: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "resume", abstract: told("Let a paused job go on.", "让暂停的任务继续。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let job = try await desk.allJobs.resume(target.find(on: desk))
        if common.json { return common.console.print(job.json) }
        common.console.say(
            Wording(
                "Job \(job.id) goes on. Follow it:  tunedeck jobs follow -i \(job.id)",
                "任务 \(job.id) 继续运行。跟踪：tunedeck jobs follow -i \(job.id)"))
    }
}
