import ArgumentParser
import TuneModel
import TuneStore

struct JobsPause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pause", abstract: told("Stop a job so that it can go on later.", "暂停任务，以后可以继续。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let job = try await desk.allJobs.pause(target.find(on: desk))
        if common.json { return common.console.print(job.json) }
        common.console.say(
            job.status == .paused
                ? Wording("Job \(job.id) is paused.", "任务 \(job.id) 已暂停。")
                : Wording("Job \(job.id) pauses after the step it is at.", "任务 \(job.id) 将在完成当前这一步后暂停。"))
        common.console.say(
            Wording("It goes on with:  tunedeck jobs resume -i \(job.id)", "继续任务：tunedeck jobs resume -i \(job.id)"))
    }
}
