import ArgumentParser
import TuneModel
import TuneStore

struct JobsSamples: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "samples", abstract: told("Show what a job's model answered on its way.", "显示任务的模型在训练途中的回答。"))
    }

    @OptionGroup var target: AnyJobOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let job = try await desk.allJobs.job(target.find(on: desk))
        let samples = try await desk.allJobs.samples(of: job.id)
        if common.json { return console.print(.list(of: samples.map(\.json))) }
        if samples.isEmpty {
            return console.say(
                Wording(
                    "Job \(job.id) has answered no prompts; give it some with `jobs create --sample PROMPT`.",
                    "任务 \(job.id) 没有回答过提示；可用 `jobs create --sample 提示` 指定。"))
        }
        var step: Int?
        for sample in samples {
            if sample.step != step {
                console.print(told("after step \(sample.step)", "第 \(sample.step) 步之后"))
            }
            step = sample.step
            console.print("  \(sample.prompt)\n    \(sample.answer.replacing("\n", with: "\n    "))")
        }
    }
}
