import Foundation
import GRDB
public import TuneModel

/// The jobs of services elsewhere, kept in the workspace like those of this machine.
///
/// What is read comes from the database. What is asked of a job goes to its service first and is written down then.
public struct RemoteJobs: JobService {
    /// Under this name a service keeps the key of a job that was made here among its metadata.
    public static let keyName = "tunedeck_key"

    let workspace: Workspace
    let find: @Sendable (ServiceName) async throws -> any RemoteJobService
    let pace: RemotePace

    /// - Parameter service: finds a service by its name; throws an explained error for one that cannot be used.
    public init(_ workspace: Workspace, service: @escaping @Sendable (ServiceName) async throws -> any RemoteJobService)
    {
        self.init(workspace, pace: RemotePace(), service: service)
    }

    init(
        _ workspace: Workspace, pace: RemotePace,
        service: @escaping @Sendable (ServiceName) async throws -> any RemoteJobService
    ) {
        self.workspace = workspace
        self.pace = pace
        find = service
    }

    // MARK: - Reading

    public func list(limit: Int) async throws -> [Job] { try await list(after: nil, limit: limit) }

    public func list(after last: JobID?, limit: Int) async throws -> [Job] {
        try await workspace.read { try JobTable.jobs(after: last, limit: limit, of: .remote, $0) }
    }

    public func job(_ id: JobID) async throws -> Job {
        try await workspace.read { try JobTable.job(id, of: .remote, $0) }
    }

    /// The job that a person calls by its id here or by the service's.
    ///
    /// - Parameter service: whose id it is; nil looks among all, the newest first.
    public func jobID(forRemote text: String, service: ServiceName?) async throws -> JobID? {
        try await workspace.read { try RemoteTable.id(called: text, at: service, $0) }
    }

    public func events(of id: JobID, after last: Int?) async throws -> [JobEvent] {
        try await workspace.read { db in
            try EventTable.events(of: RemoteTable.entry(id, db).id, after: last ?? 0, db)
        }
    }

    public func events(of id: JobID, before first: Int?, limit: Int) async throws -> [JobEvent] {
        try await workspace.read { db in
            try EventTable.events(of: RemoteTable.entry(id, db).id, before: first ?? .max, limit: limit, db)
        }
    }

    /// - Throws: `noResults` before the first step.
    public func results(of id: JobID) async throws -> String {
        let job = try await job(id)
        let steps = try await steps(of: id)
        if steps.isEmpty { throw StoreError.noResults(id, job.status) }
        let isValidated = job.isValidated || steps.contains { $0.validationLoss != nil }
        return Results.csv(steps, withValidation: isValidated)
    }

    public func steps(of id: JobID) async throws -> [StepMetrics] {
        try await workspace.read { db in try MetricsTable.steps(of: RemoteTable.entry(id, db).id, db) }
    }

    public func checkpoints(of id: JobID) async throws -> [JobCheckpoint] {
        try await workspace.read { db in try CheckpointTable.checkpoints(of: RemoteTable.entry(id, db).id, db) }
    }

    /// Services do not let a model answer on its way: empty.
    public func samples(of id: JobID) async throws -> [SampleAnswer] {
        try await workspace.read { db in try SampleTable.samples(of: RemoteTable.entry(id, db).id, db) }
    }

    // MARK: - Asking the service

    /// Asks the service once how a job is, and at its end for results and checkpoints. Its events are not asked for:
    /// `keepUp` and `follow` bring them.
    ///
    /// - Throws: also when the service does not answer; what is known stays as it was.
    public func refresh(_ id: JobID) async throws -> Job {
        var entry = try await entry(id)
        if entry.mirror != .done {
            let service = try await find(entry.service)
            if entry.remoteID == nil { entry = try await settled(entry, service) }
            // Whoever has the lease writes down all that there is.
            if let remoteID = entry.remoteID, let lease = try lease(on: entry.draft) {
                defer { lease.release() }
                try await JobMirror(
                    workspace: workspace, service: service, id: entry.id, remoteID: remoteID, pace: pace
                ).glance()
            }
        }
        return try await job(entry.id)
    }

    @discardableResult
    public func cancel(_ id: JobID) async throws -> Job {
        try await ask(id) {
            try await $0.cancel($1)
        } unless: { job in
            if job.status.isFinal { throw StoreError.jobFinished(job.id, job.status) }
        }
    }

    @discardableResult
    public func pause(_ id: JobID) async throws -> Job {
        try await ask(id) {
            try await $0.pause($1)
        } unless: { job in
            if job.status.isFinal { throw StoreError.jobFinished(job.id, job.status) }
        }
    }

    @discardableResult
    public func resume(_ id: JobID) async throws -> Job {
        try await ask(id) {
            try await $0.resume($1)
        } unless: { job in
            if job.status.isFinal { throw StoreError.jobNotPaused(job.id, job.status) }
        }
    }

    @discardableResult
    public func keep(_ id: JobID) async throws -> Job {
        let entry = try await entry(id)
        throw StoreError.serviceCannot(.keeping, entry.id, entry.service)
    }

    @discardableResult
    public func move(_ id: JobID, to place: QueueMove) async throws -> Job {
        let entry = try await entry(id)
        throw StoreError.serviceCannot(.moving, entry.id, entry.service)
    }

    /// Forgets a job here; the service keeps it as long as it likes, and its model.
    ///
    /// - Throws: `jobNotFinished` while it goes on and its service can be asked.
    public func delete(_ id: JobID) async throws {
        let draft = try await workspace.write { db in
            let entry = try RemoteTable.entry(id, db)
            switch entry.origin.contact {
            case .refused: break
            case .good, .away, .never:
                guard entry.status.isFinal else { throw StoreError.jobNotFinished(entry.id, entry.status) }
            }
            try RemoteTable.forget(entry, db)
            return entry.draft
        }
        try Folder.remove(leasePath(of: draft))
    }

    // MARK: - Inside of the module

    func entry(_ id: JobID) async throws -> RemoteTable.Entry {
        try await workspace.read { try RemoteTable.entry(id, $0) }
    }

    private func ask(
        _ id: JobID, _ wish: @Sendable (any RemoteJobService, String) async throws -> RemoteJob,
        unless objection: (Job) throws -> Void
    ) async throws -> Job {
        var entry = try await entry(id)
        try objection(try await job(id))
        let service = try await find(entry.service)
        if entry.remoteID == nil { entry = try await settled(entry, service) }
        guard let remoteID = entry.remoteID else { throw StoreError.jobBeingSent(entry.id, entry.service) }
        let answer = try await wish(service, remoteID)
        return try await workspace.write { [entry] db in
            let entry = try RemoteTable.entry(entry.id, db)
            try RemoteTable.tell(answer, to: entry.id, db)
            return try JobTable.job(entry.id, of: .remote, db)
        }
    }
}
