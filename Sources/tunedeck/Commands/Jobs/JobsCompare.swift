import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct JobsCompare: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "compare",
            abstract: told("Set jobs side by side: what differs, and what came of it.", "并排比较任务：设置的差异和结果。"))
    }

    @Option(
        name: [.customShort("i"), .customLong("id")], parsing: .upToNextOption,
        help: help("A sweep, or several jobs.", "一次扫描，或多个任务。", name: "id"))
    var ids: [JobOrGroup]
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let jobs = desk.allJobs
        var compared: [Job] = []
        for id in ids {
            compared += try await id.jobs(on: desk)
        }
        var seen = Set<JobID>()
        compared.removeAll { !seen.insert($0.id).inserted }
        var pairs: [(job: Job, steps: [StepMetrics])] = []
        for job in compared { pairs.append((job, try await jobs.steps(of: job.id))) }
        let comparison = JobComparison(pairs, now: .now)
        if common.json { return common.console.print(comparison.json) }
        common.console.table(ComparisonSheet(comparison).rows)
        if comparison.rows.contains(where: \.isBest) {
            common.console.say(
                comparison.isValidated
                    ? Wording("★ lowest validation loss", "★ 验证损失最低")
                    : Wording("★ lowest training loss at the end; no validation", "★ 结束时训练损失最低；没有验证"))
        }
    }
}
