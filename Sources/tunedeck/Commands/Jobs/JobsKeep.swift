import ArgumentParser
import TuneModel
import TuneStore

struct JobsKeep: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "keep",
            abstract: told("Stop a job and make a model of what it has learned so far.", "停止任务，并把已学到的内容做成模型。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let job = try await desk.allJobs.keep(target.find(on: desk))
        if common.json { return common.console.print(job.json) }
        common.console.say(
            job.status == .running
                ? Wording(
                    "Job \(job.id) stops after the step it is at and delivers its model.",
                    "任务 \(job.id) 将在完成当前这一步后停止并交付模型。")
                : Wording("Job \(job.id) delivers its model when its turn comes.", "轮到任务 \(job.id) 时，它将交付模型。"))
    }
}
