import Foundation
import GRDB
public import TuneModel

/// Putting jobs into the queue, one or a whole sweep, and changing their turns.
extension LocalJobs {
    /// Takes the files of all into their folders, then queues all in one transaction; on failure nothing is left.
    func queue(_ requests: [JobRequest], group: GroupID?) async throws -> [Job] {
        var jobs: [(job: Job, training: String, validation: String?)] = []
        do {
            var taken: [String: JobIntake.Taken] = [:]
            for request in requests {
                let model = try await shelf.find(request.model)
                let id = JobID.random()
                let intake = JobIntake(workspace: workspace, folder: workspace.paths.job(id))
                func take(_ file: String, as role: String) async throws -> JobIntake.Taken {
                    if let known = taken[role + file] { return try intake.share(known, as: role) }
                    let fresh = try await intake.take(file, as: role)
                    taken[role + file] = fresh
                    return fresh
                }
                var job = Job(
                    id: id, model: model.name, suffix: request.suffix, trainingFile: request.trainingFile,
                    createdAt: .now, request: request.hyperparameters)
                job.group = group
                job.metadata = request.metadata
                jobs.append((job, "", nil))
                let training = try await take(request.trainingFile, as: "training")
                job.trainingFile = training.name
                var validation: JobIntake.Taken?
                if let file = request.validationFile { validation = try await take(file, as: "validation") }
                job.validationFile = validation?.name
                jobs[jobs.count - 1] = (job, training.copy, validation?.copy)
            }
            try await workspace.write { [jobs] db in
                for (job, training, validation) in jobs {
                    try JobTable.insert(job, trainingCopy: training, validationCopy: validation, db)
                    try EventTable.append(
                        Wording("Job queued.", "任务已加入队列。"), kind: .status(.queued), to: job.id, at: job.createdAt, db)
                }
            }
        } catch {
            for entry in jobs { try? Folder.remove(workspace.paths.job(entry.job.id)) }
            throw error
        }
        guard let first = jobs.first?.job.id else { return [] }
        await wakeWorker(for: first)
        let ids = jobs.map(\.job.id)
        return try await workspace.read { db in try ids.map { try JobTable.job($0, db) } }
    }

    @discardableResult
    public func move(_ id: JobID, to place: QueueMove) async throws -> Job {
        try await workspace.write { db in
            try QueueTable.move(id, to: place, db)
            return try JobTable.job(id, db)
        }
    }

    /// The jobs of a sweep, in the order of their making.
    ///
    /// - Throws: `groupNotFound`.
    public func jobs(of group: GroupID) async throws -> [Job] {
        try await workspace.read { db in
            let jobs = try JobTable.jobs(of: group, db)
            if jobs.isEmpty { throw StoreError.groupNotFound(group) }
            return jobs
        }
    }

    /// Cancels every job of a sweep that has not ended.
    ///
    /// - Throws: `groupNotFound`.
    @discardableResult
    public func cancel(_ group: GroupID) async throws -> [Job] {
        let jobs = try await jobs(of: group)
        try await workspace.write { db in
            for job in try JobTable.jobs(of: group, db) where !job.status.isFinal { try Self.end(job, db) }
        }
        await wakeWorker(for: jobs[0].id)
        return try await self.jobs(of: group)
    }

    /// Forgets every job of a sweep and what they left on disk, all or none.
    ///
    /// - Throws: `groupNotFound`; `jobNotFinished` for the first that has not ended; whatever keeps a model.
    public func delete(_ group: GroupID) async throws {
        let jobs = try await jobs(of: group)
        try await workspace.write { db in
            for job in try JobTable.jobs(of: group, db) { try Self.forget(job, db) }
        }
        for job in jobs { try Folder.remove(workspace.paths.job(job.id)) }
    }
}
