import Foundation
import TuneModel

/// Jobs that were started from one form to be compared.
extension Deck {
    /// The jobs of two models that have all ended just now; nil when there are none.
    static func finishedPair(_ before: [JobID: JobStatus], in state: State) -> [Job]? {
        let ended = state.jobs.jobs.first { job in
            job.group != nil && job.status.isFinal && before[job.id].map { !$0.isFinal } ?? false
        }
        guard let ended else { return nil }
        let group = state.jobs.group(of: ended)
        let isPair = Set(group.map(\.model)).count > 1 && group.allSatisfy(\.status.isFinal)
        return isPair && group.contains { $0.latest != nil } ? group : nil
    }

    /// Puts them side by side where a person is looking at them; else it is told that they can be.
    static func show(_ pair: [Job], in state: inout State) -> [Effect] {
        if state.tab == .jobs, state.dialogs.isEmpty, let job = state.jobs.selected, pair.contains(job) {
            state.dialogs.append(.comparison(ComparisonTable(count: pair.count)))
            return [.compareJobs(pair)]
        }
        let names = pair[0].title
        return [
            .announce(
                Wording(
                    "Both models of \(names) are trained; in Jobs, c compares them.",
                    "\(names) 的两个模型都已训练完成；在“任务”页按 c 比较。"))
        ]
    }
}
