import Foundation
import GRDB
public import TuneModel

/// Making jobs, so that a killed program neither loses nor doubles one.
extension RemoteJobs {
    /// Creates a job whose training file the service has already: `trainingFile` is the service's id of it.
    ///
    /// - Throws: `serviceNotNamed`, `fileNotUploaded` for a path, and what `create(_:origin:)` throws.
    public func create(_ request: JobRequest) async throws -> Job {
        try await create(request, origin: Self.origin(of: request))
    }

    /// Creates a job from files that have been uploaded.
    ///
    /// It is written down before the service is asked. When the answer is lost, it stays with the status `sending` and is
    /// looked for in the service's list by its key as soon as anybody looks after it.
    ///
    /// - Parameters:
    ///   - request: with the files as a person calls them, paths here or ids of the service.
    ///   - origin: with `service`, the service's ids of the files, `cost` and `preparation`; its `id` is not looked at.
    /// - Throws: `serviceNotNamed`; `fileNotUploaded`; what the service refused the job with, which then is not kept;
    ///   `jobUncertain` when the service gave no answer.
    public func create(_ request: JobRequest, origin: JobOrigin) async throws -> Job {
        try await create(request, origin: origin, group: nil)
    }

    public func createGroup(_ requests: [JobRequest]) async throws -> [Job] {
        try await createGroup(requests.map { JobOrder($0, origin: try Self.origin(of: $0)) })
    }

    /// Creates several jobs as one group, one after the other. When one is refused, those before it are cancelled.
    public func createGroup(_ plans: [JobOrder]) async throws -> [Job] {
        try await createGroup(plans, group: .random())
    }

    // MARK: - Inside of the module

    func createGroup(_ plans: [JobOrder], group: GroupID) async throws -> [Job] {
        var jobs: [Job] = []
        do {
            for plan in plans {
                let origin = try plan.origin ?? Self.origin(of: plan.request)
                jobs.append(try await create(plan.request, origin: origin, group: group))
            }
        } catch {
            for job in jobs { _ = try? await cancel(job.id) }
            throw error
        }
        return jobs
    }

    private func create(_ request: JobRequest, origin: JobOrigin, group: GroupID?) async throws -> Job {
        guard let name = request.service, name == origin.service else { throw StoreError.serviceNotNamed }
        guard let file = origin.trainingFile, request.validationFile == nil || origin.validationFile != nil else {
            let path = origin.trainingFile == nil ? request.trainingFile : request.validationFile
            throw StoreError.fileNotUploaded(path: path ?? "", name)
        }
        let service = try await find(name)
        let key = "tunedeck-" + UUID().uuidString.lowercased()
        let id = JobID.random()
        // Whoever finds the job unsent sees by the lease that somebody is still about it.
        guard let lease = try lease(on: id.text) else { throw StoreError.jobBeingSent(id, name) }
        defer { lease.release() }
        try await write(down: request, as: id, origin, key, group)
        var order = RemoteJobRequest(
            model: request.model, trainingFile: file, validationFile: origin.validationFile, suffix: request.suffix,
            hyperparameters: request.hyperparameters, metadata: request.metadata)
        order.metadata[Self.keyName] = key
        let answer: RemoteJob
        do {
            answer = try await service.create(order, key: key)
        } catch let error where RemoteLine.isRefusal(error) {
            try await workspace.write { try $0.execute(sql: "DELETE FROM jobs WHERE draft = ?", arguments: [id.text]) }
            throw error
        } catch {
            if error is CancellationError || Task.isCancelled { throw error }
            let why = Explanation(of: error)
            try await RemoteLine(workspace: workspace, id: id, pace: pace).away(why)
            throw StoreError.jobUncertain(id, name, why: why)
        }
        return try await workspace.write { db in
            let id = try RemoteTable.accept(answer, for: RemoteTable.entry(id, db), db)
            return try JobTable.job(id, of: .remote, db)
        }
    }

    private func write(
        down request: JobRequest, as id: JobID, _ origin: JobOrigin, _ key: String, _ group: GroupID?
    ) async throws {
        func name(of file: String) -> String {
            FileManager.default.fileExists(atPath: file)
                ? URL(filePath: file).standardizedFileURL.path(percentEncoded: false) : file
        }
        var job = Job(
            id: id, status: RemoteTable.sending, model: request.model, suffix: request.suffix,
            trainingFile: name(of: request.trainingFile), validationFile: request.validationFile.map(name),
            createdAt: .now, request: request.hyperparameters)
        job.group = group
        job.metadata = request.metadata
        job.origin = origin
        job.origin?.id = ""
        job.origin?.contact = .never
        try await workspace.write { [job] db in
            try RemoteTable.insert(job, key: key, mirror: .due, db)
            try EventTable.append(
                Wording("\(origin.service) is asked for the job.", "正在请求 \(origin.service) 建立任务。"),
                kind: .status(RemoteTable.sending), to: id, at: job.createdAt, db)
        }
    }

    /// Where a request goes whose files are ids of the service.
    static func origin(of request: JobRequest) throws -> JobOrigin {
        guard let service = request.service else { throw StoreError.serviceNotNamed }
        for file in [request.trainingFile, request.validationFile].compactMap({ $0 })
        where FileID(foreign: file) == nil || FileManager.default.fileExists(atPath: file) {
            throw StoreError.fileNotUploaded(path: file, service)
        }
        return JobOrigin(
            service: service, id: "", trainingFile: request.trainingFile, validationFile: request.validationFile)
    }
}

/// A job that is to be made: on this machine, or with what is known of its way to a service.
public struct JobOrder: Hashable, Sendable {
    public var request: JobRequest
    /// Nil for a job of this machine, and for one whose files are ids of the service.
    public var origin: JobOrigin?

    public init(_ request: JobRequest, origin: JobOrigin? = nil) {
        self.request = request
        self.origin = origin
    }
}
