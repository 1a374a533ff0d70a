import Foundation
import GRDB
import TuneModel

/// What services tell, written down.
extension RemoteTable {
    /// The service has the job that was asked for under `entry`.
    ///
    /// - Returns: its id from now on: the service's where that is free here.
    static func accept(_ remote: RemoteJob, for entry: Entry, _ db: Database) throws -> JobID {
        // Whoever was faster has gone on from there.
        if entry.remoteID == remote.id { return entry.id }
        // Another process may have found it in the service's list before the answer came here.
        try db.execute(
            sql: "DELETE FROM jobs WHERE service = ? AND remote_id = ? AND id <> ?",
            arguments: [entry.service.text, remote.id, entry.id.text])
        var id = entry.id
        if let own = JobID(remote.id), own != id, try isFree(own, db) {
            try rename(id, to: own, db)
            id = own
        }
        var origin = entry.origin
        origin.id = remote.id
        origin.contact = .good(at: .now)
        // One that was given up as not created is not over.
        try db.execute(
            sql: """
                UPDATE jobs SET remote_id = ?, origin = ?, mirror = 'due', status = ?, failure = NULL, finished_at = NULL
                WHERE id = ?
                """, arguments: [remote.id, StoredJSON.text(origin), sending.text, id.text])
        try tell(remote, to: id, db)
        return id
    }

    /// A job that a service has and this workspace did not know.
    static func adopt(_ remote: RemoteJob, of service: ServiceName, _ db: Database) throws -> JobID {
        let own = try JobID(remote.id).flatMap { try isFree($0, db) ? $0 : nil }
        var job = Job(
            id: own ?? .random(), status: sending, model: remote.model, suffix: remote.suffix,
            trainingFile: remote.trainingFile, validationFile: remote.validationFile, createdAt: remote.createdAt,
            request: remote.hyperparameters)
        job.metadata = remote.metadata
        job.origin = JobOrigin(
            service: service, id: remote.id, contact: .good(at: .now), trainingFile: remote.trainingFile,
            validationFile: remote.validationFile)
        try insert(job, key: nil, mirror: remote.status.isFinal ? .idle : .due, db)
        try tell(remote, to: job.id, db)
        return job.id
    }

    /// Writes down a job as the service tells it, and tells its followers when it has moved.
    static func tell(_ remote: RemoteJob, to id: JobID, _ db: Database) throws {
        let row = try JobTable.row(id, of: .remote, db)
        let job = try JobTable.job(row)
        guard var origin = job.origin else { return }
        origin.trainingFile = origin.trainingFile ?? remote.trainingFile
        origin.validationFile = origin.validationFile ?? remote.validationFile
        if let tokens = remote.trainedTokens { origin.cost?.actualTokens = tokens }
        origin.extras = remote.shownExtras
        // An answer that was long under way does not bring an ended job back.
        let status = remote.status.plain
        if job.status != status, !job.status.isFinal {
            try JobTable.move(
                id, to: status, level: status == .failed ? .error : .info,
                saying: remote.news(of: origin.service), db)
        }
        try db.execute(
            sql: """
                UPDATE jobs SET model = :model, suffix = COALESCE(:suffix, suffix),
                    fine_tuned_model = COALESCE(:tuned, fine_tuned_model),
                    validation_file = COALESCE(validation_file, :validation),
                    trained_tokens = COALESCE(:tokens, trained_tokens), failure = COALESCE(:failure, failure),
                    request = :request, origin = :origin,
                    started_at = CASE WHEN status = 'running' THEN COALESCE(started_at, :now) ELSE started_at END,
                    finished_at = CASE WHEN :final THEN COALESCE(:finished, finished_at, :now) ELSE finished_at END
                WHERE id = :id
                """,
            arguments: [
                "model": remote.model.plain, "suffix": remote.suffix?.plain, "tuned": remote.fineTunedModel?.plain,
                "validation": remote.validationFile, "tokens": remote.trainedTokens,
                "failure": remote.failure.map(StoredJSON.text), "final": remote.status.isFinal,
                "request": StoredJSON.text(job.request.told(remote.hyperparameters)),
                "origin": StoredJSON.text(origin), "now": Date.now.timeIntervalSince1970,
                "finished": remote.finishedAt?.timeIntervalSince1970, "id": id.text,
            ])
    }

    /// Writes down events that are not known yet, in the order of their times.
    static func append(_ events: [RemoteEvent], to id: JobID, _ db: Database) throws {
        for event in events.sorted(by: { $0.createdAt < $1.createdAt }) {
            let isKnown = try Bool.fetchOne(
                db, sql: "SELECT 1 FROM events WHERE job = ? AND remote_id = ?", arguments: [id.text, event.id])
            if isKnown ?? false { continue }
            try EventTable.append(
                Wording(verbatim: event.message.plain), level: event.level,
                kind: event.metrics.map(JobEvent.Kind.metrics) ?? .message, to: id, at: event.createdAt,
                remoteID: event.id, db)
            if let metrics = event.metrics { try keep(metrics, of: id, isNewer: true, db) }
        }
    }

    /// Adds to a step what is not known of it; what is newer counts where both say something.
    static func keep(_ metrics: StepMetrics, of id: JobID, isNewer: Bool, _ db: Database) throws {
        let known: StepMetrics? = try String.fetchOne(
            db, sql: "SELECT detail FROM metrics WHERE job = ? AND step = ?", arguments: [id.text, metrics.step]
        ).map { try StoredJSON.value($0) }
        let step = known.map { isNewer ? metrics.filled(from: $0) : $0.filled(from: metrics) } ?? metrics
        try db.execute(
            sql: "INSERT OR REPLACE INTO metrics (job, step, detail) VALUES (?, ?, ?)",
            arguments: [id.text, step.step, StoredJSON.text(step)])
        let latest: StepMetrics? = try String.fetchOne(
            db, sql: "SELECT latest FROM jobs WHERE id = ?", arguments: [id.text]
        ).map { try StoredJSON.value($0) }
        if step.step >= latest?.step ?? 0 {
            let total = step.totalSteps > 0 ? step.totalSteps : latest?.totalSteps ?? 0
            var newest = step
            newest.totalSteps = total
            try db.execute(
                sql: "UPDATE jobs SET latest = ?, total_steps = ? WHERE id = ?",
                arguments: [StoredJSON.text(newest), total > 0 ? total : nil, id.text])
        }
    }

    /// The service's ids of the events that stand here.
    static func marks(of id: JobID, _ db: Database) throws -> RemoteEventMarks {
        RemoteEventMarks(
            ids: try String.fetchSet(
                db, sql: "SELECT remote_id FROM events WHERE job = ? AND remote_id IS NOT NULL", arguments: [id.text]))
    }
}
