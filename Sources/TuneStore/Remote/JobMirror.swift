import Foundation
import GRDB
import TuneModel

/// Writes down what happens in a job at its service, until all of it stands here. Only for the holder of its lease.
struct JobMirror: Sendable {
    let workspace: Workspace
    let service: any RemoteJobService
    /// The job here.
    let id: JobID
    /// The job there.
    let remoteID: String
    let pace: RemotePace

    private var line: RemoteLine { RemoteLine(workspace: workspace, id: id, pace: pace) }

    /// - Throws: what no waiting helps, once it is written down.
    func run() async throws {
        do {
            while true {
                let last = try await line.asking { try await listen() }
                try Task.checkCancellation()
                let job: RemoteJob
                if let last, last.status.isFinal {
                    job = last
                } else {
                    job = try await line.asking { try await service.job(remoteID) }
                }
                if job.status.isFinal { return try await finish(job) }
                try await tell(job)
                // The service said that all was told, and the job goes on.
                try await Task.sleep(for: pace.pause)
            }
        } catch let error where error is CancellationError || Task.isCancelled {
            throw CancellationError()
        } catch let error as StoreError {
            throw error
        } catch {
            try await line.refused(Explanation(of: error))
            throw error
        }
    }

    /// Until the service has no more to tell.
    ///
    /// - Returns: the job as it was told last.
    private func listen() async throws -> RemoteJob? {
        let known = try await workspace.read { [id] in try RemoteTable.marks(of: id, $0) }
        var last: RemoteJob?
        for try await news in service.follow(remoteID, known: known) {
            switch news {
            case .events(let events):
                try await workspace.write { [id] in try RemoteTable.append(events, to: id, $0) }
                try await line.good()
            case .job(let job):
                // How it ended is said when all else is: whoever sees the end sees everything.
                if !job.status.isFinal, job != last { try await tell(job) }
                last = job
                try await line.good()
            case .away(let why, _):
                try await line.away(why)
            case .back:
                try await line.good()
            }
        }
        return last
    }

    /// Asks once, without waiting for what is still to happen.
    ///
    /// - Throws: also when the service does not answer.
    func glance() async throws {
        let job = try await service.job(remoteID)
        let isOver = job.status.isFinal
        let checkpoints = isOver ? try await unlessMissing { try await service.checkpoints(of: remoteID) } : []
        let steps = isOver ? try await unlessMissing { try await service.results(of: remoteID) } : []
        // Its events are not all here yet: somebody who follows it fetches them.
        try await write(job, steps, checkpoints, isAll: false)
        try await line.good()
    }

    private func tell(_ job: RemoteJob) async throws {
        try await workspace.write { [id] in try RemoteTable.tell(job, to: id, $0) }
    }

    /// The job has ended: what its events did not tell is fetched, then all of it stands here.
    private func finish(_ job: RemoteJob) async throws {
        let checkpoints = try await optional { try await service.checkpoints(of: remoteID) }
        let steps = try await optional { try await service.results(of: remoteID) }
        try await write(job, steps, checkpoints, isAll: true)
    }

    private func write(
        _ job: RemoteJob, _ steps: [StepMetrics], _ checkpoints: [RemoteCheckpoint], isAll: Bool
    ) async throws {
        try await workspace.write { [id] db in
            for step in steps { try RemoteTable.keep(step, of: id, isNewer: false, db) }
            try CheckpointTable.keep(checkpoints, of: id, db)
            try RemoteTable.tell(job, to: id, db)
            if isAll { try RemoteTable.set(.done, of: id, db) }
        }
    }

    /// What not every service has. A job whose last figures cannot be had has ended all the same, and says so.
    private func optional<Answer: Sendable>(_ ask: () async throws -> [Answer]) async throws -> [Answer] {
        do {
            return try await line.asking(tries: 8) { try await unlessMissing(ask) }
        } catch let error as any ExplainedError where !(error is StoreError) {
            try Task.checkCancellation()
            try await workspace.write { [id] in
                try EventTable.append(error.explanation.what, level: .warn, to: id, $0)
            }
            return []
        }
    }

    private func unlessMissing<Answer: Sendable>(_ ask: () async throws -> [Answer]) async throws -> [Answer] {
        do {
            return try await ask()
        } catch let error as any ExplainedError where error.failureKind == .missing && !(error is StoreError) {
            return []
        }
    }
}
