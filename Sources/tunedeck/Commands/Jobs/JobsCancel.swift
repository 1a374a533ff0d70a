import ArgumentParser
import TuneModel
import TuneStore

struct JobsCancel: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: told("End a job, or every job of a sweep, for good.", "彻底结束一个任务，或一次扫描的全部任务。"))
    }

    @OptionGroup var target: JobsOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        switch try await target.found(on: desk) {
        case .foreign: break
        case .job(let id): tell(try await desk.allJobs.cancel(id))
        case .group(let group):
            let jobs = try await desk.allJobs.cancel(group)
            if common.json { return common.console.print(.list(of: jobs.map(\.json))) }
            for job in jobs { tell(job) }
        }
    }

    private func tell(_ job: Job) {
        if common.json { return common.console.print(job.json) }
        common.console.say(
            job.status.isFinal
                ? Wording("Job \(job.id) is \(job.status.name.english).", "任务 \(job.id) \(job.status.name.chinese)。")
                : Wording("Job \(job.id) ends after the step it is at.", "任务 \(job.id) 将在完成当前这一步后结束。"))
    }
}
