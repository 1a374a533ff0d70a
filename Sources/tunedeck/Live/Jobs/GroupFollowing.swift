import Foundation
import TuneModel
import TuneStore

/// Prints what several jobs tell, one after the other, and sets them side by side at the end.
struct GroupFollowing {
    let jobs: [JobID]
    let desk: Desk
    let console: Console

    /// - Throws: as `JobFollowing`, the first failure once all have ended.
    func run() async throws {
        var failure: (any Error)?
        for job in jobs {
            console.say("")
            console.say(Wording("Job \(job):", "任务 \(job)："))
            do {
                try await JobFollowing(job: job, desk: desk, console: console).run()
            } catch let error as JobEndedBadly {
                console.remark(error.explanation.what)
                failure = failure ?? error
            }
        }
        var pairs: [(job: Job, steps: [StepMetrics])] = []
        for id in jobs { pairs.append((try await desk.allJobs.job(id), try await desk.allJobs.steps(of: id))) }
        if !console.isJSON {
            console.say("")
            console.table(ComparisonSheet(JobComparison(pairs, now: .now)).rows)
        } else {
            console.print(JobComparison(pairs, now: .now).json, isPretty: false)
        }
        if let failure { throw failure }
    }
}
