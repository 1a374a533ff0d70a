import Foundation
import TuneModel
import TuneStore

extension Desk {
    /// A job as it is now: its service is asked for what does not stand here yet. When the service does not answer, it is
    /// told so, and the job is as it was known last.
    func freshJob(_ id: JobID, _ console: Console) async throws -> Job {
        let known = try await allJobs.job(id)
        guard known.origin != nil else { return known }
        do {
            try await allJobs.remote.catchUp(id)
        } catch let error as any ExplainedError {
            console.remark(
                Wording("⚠ As it was known last: ", "⚠ 以下为上次所知：") + error.explanation.what)
        }
        return try await allJobs.job(id)
    }

    /// Asks the services of these jobs how those stand that are not over, for a few seconds at most: a list is no place to
    /// wait. Which service did not answer is told.
    func refresh(_ jobs: [Job], _ console: Console) async {
        let open = jobs.filter { $0.origin != nil && !$0.status.isFinal }
        guard !open.isEmpty else { return }
        let silent = await withTaskGroup(of: Look.self) { group in
            for job in open {
                group.addTask {
                    let isAnswered = (try? await allJobs.remote.catchUp(job.id)) != nil
                    return .over(job.id, isAnswered: isAnswered)
                }
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(4))
                return .timeIsUp
            }
            defer { group.cancelAll() }
            var waiting = Dictionary(open.map { ($0.id, $0.origin?.service) }) { one, _ in one }
            var silent: Set<ServiceName> = []
            for await look in group {
                switch look {
                case .over(let id, let isAnswered):
                    let service = waiting.removeValue(forKey: id) ?? nil
                    if let service, !isAnswered { silent.insert(service) }
                case .timeIsUp:
                    return silent.union(waiting.values.compactMap(\.self))
                }
                if waiting.isEmpty { break }
            }
            return silent
        }
        for service in silent.sorted() {
            console.remark(
                Wording(
                    "⚠ \(service) does not answer: its jobs are as they were known last.",
                    "⚠ \(service) 没有应答：其任务为上次所知的状态。"))
        }
    }

    /// What comes of asking for several jobs at once.
    private enum Look: Sendable {
        case over(JobID, isAnswered: Bool)
        case timeIsUp
    }
}
