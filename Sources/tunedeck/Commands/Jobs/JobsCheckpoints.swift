import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct JobsCheckpoints: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "checkpoints", abstract: told("List the states of a run that were saved.", "列出任务保存的检查点。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let job = try await desk.freshJob(target.find(on: desk), console)
        let checkpoints = try await desk.allJobs.checkpoints(of: job.id)
        if common.json { return console.print(.list(of: checkpoints.map { $0.json(of: job) })) }
        if checkpoints.isEmpty { return console.say(Wording("No checkpoints yet.", "还没有检查点。")) }
        console.table(
            checkpoints.map { checkpoint in
                [
                    told("step \(checkpoint.step)", "第 \(checkpoint.step) 步"), checkpoint.createdAt.formatted(.iso8601),
                    checkpoint.metrics.map { StepLine($0).text(in: console.language) } ?? "–", checkpoint.model ?? "",
                ]
            })
    }
}

extension JobCheckpoint {
    fileprivate func json(of job: Job) -> JSONOutput {
        .object([
            ("object", "fine_tuning.job.checkpoint"), ("created_at", JSONOutput(createdAt)),
            ("fine_tuning_job_id", .text(job.id.text)), ("step_number", JSONOutput(step)),
            ("fine_tuned_model_checkpoint", JSONOutput(model)), ("metrics", metrics?.json ?? .null),
        ])
    }
}
