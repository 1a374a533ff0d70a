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
}
