import Foundation
import GRDB
public import TuneModel

/// Finding in a service's list what this workspace does not know of it.
extension RemoteJobs {
    private static let page = 100

    /// Takes jobs of a service that are not known here into the workspace; those that were deleted here stay out.
    ///
    /// - Parameter limit: how many of the service's newest jobs are looked at.
    /// - Returns: those that were taken in, newest first.
    @discardableResult
    public func adopt(_ service: ServiceName, limit: Int = 200) async throws -> [Job] {
        let remote = try await find(service)
        var found: [JobID] = []
        var last: String?
        var seen = 0
        while seen < limit {
            let (jobs, hasMore) = try await remote.list(after: last, limit: min(Self.page, limit - seen))
            found += try await workspace.write { db in try jobs.compactMap { try Self.take($0, of: service, db) } }
            seen += jobs.count
            guard hasMore, let next = jobs.last?.id, next != last else { break }
            last = next
        }
        return try await workspace.read { [found] db in try found.map { try JobTable.job($0, of: .remote, db) } }
    }

    /// - Returns: the job's id when it was not known.
    private static func take(_ remote: RemoteJob, of service: ServiceName, _ db: Database) throws -> JobID? {
        if try RemoteTable.entry(named: remote.id, of: service, db) != nil { return nil }
        if let key = remote.metadata[keyName], let own = try RemoteTable.entry(wishedBy: key, from: service, db) {
            return try RemoteTable.accept(remote, for: own, db)
        }
        if try RemoteTable.isForgotten(remote, of: service, db) { return nil }
        return try RemoteTable.adopt(remote, of: service, db)
    }

    // MARK: - Inside of the module

    /// A job whose answer was lost, after a look whether the service has it. Nothing happens while somebody is about it.
    func settled(_ entry: RemoteTable.Entry, _ service: any RemoteJobService) async throws -> RemoteTable.Entry {
        guard let lease = try lease(on: entry.draft) else { return try await self.entry(entry.id) }
        defer { lease.release() }
        return try await look(for: entry, at: service)
    }

    /// The same for the holder of the lease.
    func look(for entry: RemoteTable.Entry, at service: any RemoteJobService) async throws -> RemoteTable.Entry {
        let current = try await self.entry(entry.id)
        guard current.remoteID == nil, current.mirror != .done else { return current }
        // Asked for before the list is read, so that a job made meanwhile is not declared missing.
        let isDue = Date.now.timeIntervalSince(current.createdAt) > pace.grace
        let found = try await find(current, in: service)
        try await workspace.write { db in
            let current = try RemoteTable.entry(current.id, db)
            if let found {
                // One that was asked for with another key is not this one, whoever found it first.
                let owner = try RemoteTable.entry(named: found.id, of: current.service, db)
                if owner?.key == nil { _ = try RemoteTable.accept(found, for: current, db) }
            } else if isDue {
                try Self.giveUp(current, db)
            }
        }
        return try await self.entry(entry.id)
    }

    private func find(_ entry: RemoteTable.Entry, in service: any RemoteJobService) async throws -> RemoteJob? {
        // The clocks here and there may differ.
        let earliest = entry.createdAt.addingTimeInterval(-3600)
        var last: String?
        var keepsMetadata = false
        var alike: RemoteJob?
        while true {
            let (jobs, hasMore) = try await service.list(after: last, limit: Self.page)
            if let job = jobs.first(where: { $0.metadata[Self.keyName] == entry.key }) { return job }
            keepsMetadata = keepsMetadata || jobs.contains { !$0.metadata.isEmpty }
            for job in jobs where entry.mayBe(job) {
                let isKnown = try await workspace.read {
                    try RemoteTable.entry(named: job.id, of: entry.service, $0) != nil
                }
                if !isKnown { alike = job }
            }
            guard hasMore, let oldest = jobs.last, oldest.createdAt >= earliest, oldest.id != last else { break }
            last = oldest.id
        }
        return keepsMetadata ? nil : alike
    }

    /// Nobody has it at the service: followers are told.
    private static func giveUp(_ entry: RemoteTable.Entry, _ db: Database) throws {
        let failure = JobFailure(
            code: RemoteTable.notCreated,
            explanation: Explanation(
                Wording(
                    "The job was never created: \(entry.service) does not have it.",
                    "任务没有建立：\(entry.service) 那里没有它。"),
                next: Wording("Start it again; nothing has been charged.", "请重新建立；没有产生费用。")))
        try db.execute(
            sql: "UPDATE jobs SET failure = ? WHERE id = ?", arguments: [StoredJSON.text(failure), entry.id.text])
        try JobTable.move(entry.id, to: .failed, level: .error, saying: failure.explanation.what, db)
        try RemoteTable.set(.done, of: entry.id, db)
    }
}

extension RemoteTable.Entry {
    /// Whether a job of a service that keeps no metadata is as this one was asked for.
    fileprivate func mayBe(_ job: RemoteJob) -> Bool {
        // The clocks here and there may differ, and an older job of the same files is not this one.
        job.metadata.isEmpty && job.createdAt > createdAt.addingTimeInterval(-300)
            && job.trainingFile == origin.trainingFile && job.validationFile == origin.validationFile
            && job.model.hasPrefix(model) && (job.suffix == nil || job.suffix == suffix)
    }
}
