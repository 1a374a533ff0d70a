import Foundation
import GRDB
public import TuneModel

/// The jobs of this machine and those of services elsewhere as one: each goes where it belongs.
public struct AllJobs: JobService {
    public let local: LocalJobs
    public let remote: RemoteJobs

    private var workspace: Workspace { remote.workspace }

    /// Both of the same workspace.
    public init(local: LocalJobs, remote: RemoteJobs) {
        self.local = local
        self.remote = remote
    }

    // MARK: - Making

    public func create(_ request: JobRequest) async throws -> Job { try await create(JobOrder(request)) }

    /// - Throws: as `LocalJobs` and `RemoteJobs.create(_:origin:)` do.
    public func create(_ plan: JobOrder) async throws -> Job {
        if plan.request.service == nil { return try await local.create(plan.request) }
        return try await remote.create(plan.request, origin: plan.origin ?? RemoteJobs.origin(of: plan.request))
    }

    public func createGroup(_ requests: [JobRequest]) async throws -> [Job] {
        try await createGroup(requests.map { JobOrder($0) })
    }

    /// Makes several jobs as one group, here and elsewhere, in their order. When one cannot be made, none goes on: those
    /// of this machine are not queued, and those that a service has already are cancelled.
    public func createGroup(_ plans: [JobOrder]) async throws -> [Job] {
        if plans.isEmpty { return [] }
        let group = GroupID.random()
        let away = plans.filter { $0.request.service != nil }
        let here = plans.filter { $0.request.service == nil }
        // Those elsewhere first: what this machine has queued could have begun meanwhile.
        var elsewhere = try await remote.createGroup(away, group: group)
        var queued: [Job] = []
        do {
            queued = here.isEmpty ? [] : try await local.queue(here.map(\.request), group: group)
        } catch {
            for job in elsewhere { _ = try? await remote.cancel(job.id) }
            throw error
        }
        return plans.map { $0.request.service == nil ? queued.removeFirst() : elsewhere.removeFirst() }
    }

    // MARK: - Reading

    public func list(limit: Int) async throws -> [Job] { try await list(after: nil, limit: limit) }

    public func list(after last: JobID?, limit: Int) async throws -> [Job] {
        try? await local.look()
        return try await workspace.read { try JobTable.jobs(after: last, limit: limit, of: .either, $0) }
    }

    /// The job that a person calls by its id here, in either spelling, or by a service's.
    public func jobID(forRemote text: String, service: ServiceName?) async throws -> JobID? {
        try await workspace.read { db in
            if service == nil, let id = JobID(text), let job = try? JobTable.job(id, of: .either, db) { return job.id }
            return try RemoteTable.id(called: text, at: service, db)
        }
    }

    public func job(_ id: JobID) async throws -> Job { try await home(of: id).job(id) }

    public func events(of id: JobID, after last: Int?) async throws -> [JobEvent] {
        try await home(of: id).events(of: id, after: last)
    }

    public func events(of id: JobID, before first: Int?, limit: Int) async throws -> [JobEvent] {
        try await home(of: id).events(of: id, before: first, limit: limit)
    }

    public func results(of id: JobID) async throws -> String { try await home(of: id).results(of: id) }

    public func steps(of id: JobID) async throws -> [StepMetrics] { try await home(of: id).steps(of: id) }

    public func checkpoints(of id: JobID) async throws -> [JobCheckpoint] {
        try await home(of: id).checkpoints(of: id)
    }

    public func samples(of id: JobID) async throws -> [SampleAnswer] { try await home(of: id).samples(of: id) }

    public func follow(_ id: JobID, after last: Int?) -> AsyncThrowingStream<[JobEvent], any Error> {
        let (stream, tap) = AsyncThrowingStream<[JobEvent], any Error>.makeStream()
        let work = Task {
            do {
                for try await chunk in try await home(of: id).follow(id, after: last) { tap.yield(chunk) }
                tap.finish()
            } catch is CancellationError {
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    // MARK: - Changing

    @discardableResult
    public func cancel(_ id: JobID) async throws -> Job { try await home(of: id).cancel(id) }

    @discardableResult
    public func pause(_ id: JobID) async throws -> Job { try await home(of: id).pause(id) }

    @discardableResult
    public func resume(_ id: JobID) async throws -> Job { try await home(of: id).resume(id) }

    @discardableResult
    public func keep(_ id: JobID) async throws -> Job { try await home(of: id).keep(id) }

    @discardableResult
    public func move(_ id: JobID, to place: QueueMove) async throws -> Job {
        try await home(of: id).move(id, to: place)
    }

    public func delete(_ id: JobID) async throws { try await home(of: id).delete(id) }

    // MARK: - Groups

    /// The jobs of a group, in the order of their making.
    ///
    /// - Throws: `groupNotFound`.
    public func jobs(of group: GroupID) async throws -> [Job] {
        try await workspace.read { db in
            let jobs = try JobTable.jobs(of: group, on: .either, db)
            if jobs.isEmpty { throw StoreError.groupNotFound(group) }
            return jobs
        }
    }

    /// Cancels every job of a group that has not ended; one that its service does not cancel does not save the others.
    ///
    /// - Throws: `groupNotFound`; the first thing that kept a job from being cancelled, once all were tried.
    @discardableResult
    public func cancel(_ group: GroupID) async throws -> [Job] {
        let jobs = try await jobs(of: group)
        var obstacle: (any Error)?
        if jobs.contains(where: { $0.origin == nil }) { try await local.cancel(group) }
        for job in jobs where job.origin != nil && !job.status.isFinal {
            do {
                try await remote.cancel(job.id)
            } catch {
                obstacle = obstacle ?? error
            }
        }
        if let obstacle { throw obstacle }
        return try await self.jobs(of: group)
    }

    /// Forgets every job of a group.
    ///
    /// - Throws: `groupNotFound`; `jobNotFinished` for the first that has not ended, and none is forgotten then.
    public func delete(_ group: GroupID) async throws {
        let jobs = try await jobs(of: group)
        if let open = jobs.first(where: { !$0.status.isFinal }) {
            throw StoreError.jobNotFinished(open.id, open.status)
        }
        for job in jobs where job.origin != nil { try await remote.delete(job.id) }
        if jobs.contains(where: { $0.origin == nil }) { try await local.delete(group) }
    }

    /// Who has a job.
    private func home(of id: JobID) async throws -> any JobService {
        let isElsewhere = try await workspace.read { try JobTable.job(id, of: .either, $0).origin != nil }
        return isElsewhere ? remote : local
    }
}
