import Foundation
import GRDB
public import TuneModel

/// What is asked for page by page.
extension LocalJobs {
    /// - Throws: `jobNotFound` of `last`.
    public func list(after last: JobID?, limit: Int) async throws -> [Job] {
        try? await look()
        return try await workspace.read { try JobTable.jobs(after: last, limit: limit, $0) }
    }

    public func events(of id: JobID, before first: Int?, limit: Int) async throws -> [JobEvent] {
        try await workspace.read { db in
            _ = try JobTable.row(id, db)
            return try EventTable.events(of: id, before: first ?? .max, limit: limit, db)
        }
    }

    public func checkpoints(of id: JobID) async throws -> [JobCheckpoint] {
        let steps = try await steps(of: id)
        let folder = URL(filePath: workspace.paths.job(id) + "/checkpoints")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        let found = names.compactMap { name -> JobCheckpoint? in
            guard name.hasPrefix("step-"), let step = Int(name.dropFirst("step-".count).prefix { $0 != "." }) else {
                return nil
            }
            let facts = try? folder.appending(path: name).resourceValues(forKeys: [.contentModificationDateKey])
            guard let date = facts?.contentModificationDate else { return nil }
            return JobCheckpoint(step: step, createdAt: date, metrics: steps.first { $0.step == step })
        }
        return found.sorted { $0.step > $1.step }
    }
}
