/// Something that runs jobs: the local worker, or a server.
public protocol JobService: Sendable {
    /// Checks the request, queues the job and returns it at once.
    func create(_ request: JobRequest) async throws -> Job
    /// Checks and queues several jobs as one group; when one of them cannot be queued, none is.
    func createGroup(_ requests: [JobRequest]) async throws -> [Job]
    /// Newest first.
    func list(limit: Int) async throws -> [Job]
    /// Newest first, those that are older than a job; from the newest when that is nil.
    func list(after last: JobID?, limit: Int) async throws -> [Job]
    func job(_ id: JobID) async throws -> Job
    /// Events after `last` (nil for all), oldest first.
    func events(of id: JobID, after last: Int?) async throws -> [JobEvent]
    /// Newest first, those that are older than the event `first`; from the newest when that is nil.
    func events(of id: JobID, before first: Int?, limit: Int) async throws -> [JobEvent]
    /// Chunks of events as they come, beginning after `last`; ends when the job has ended and all were delivered.
    func follow(_ id: JobID, after last: Int?) -> AsyncThrowingStream<[JobEvent], any Error>
    /// The results CSV, with the columns of `Results`.
    func results(of id: JobID) async throws -> String
    /// The steps so far, each once, in order; empty before the first.
    func steps(of id: JobID) async throws -> [StepMetrics]
    /// What the run could go on from, newest first.
    func checkpoints(of id: JobID) async throws -> [JobCheckpoint]
    /// What the model answered on its way, oldest first.
    func samples(of id: JobID) async throws -> [SampleAnswer]
    @discardableResult func cancel(_ id: JobID) async throws -> Job
    @discardableResult func pause(_ id: JobID) async throws -> Job
    @discardableResult func resume(_ id: JobID) async throws -> Job
    /// Ends the training and delivers what has been learned so far.
    @discardableResult func keep(_ id: JobID) async throws -> Job
    /// Changes a queued job's turn.
    @discardableResult func move(_ id: JobID, to place: QueueMove) async throws -> Job
    /// Forgets a finished job and what it left on disk.
    func delete(_ id: JobID) async throws
}

extension JobService {
    public func list(after last: JobID?, limit: Int) async throws -> [Job] {
        let jobs = try await list(limit: .max)
        guard let last else { return Array(jobs.prefix(limit)) }
        guard let place = jobs.firstIndex(where: { $0.id == last }) else { return [] }
        return Array(jobs.dropFirst(place + 1).prefix(limit))
    }

    public func events(of id: JobID, before first: Int?, limit: Int) async throws -> [JobEvent] {
        let events = try await events(of: id, after: nil).reversed()
        guard let first else { return Array(events.prefix(limit)) }
        return Array(events.drop { $0.id >= first }.prefix(limit))
    }

    public func checkpoints(of id: JobID) async throws -> [JobCheckpoint] { [] }
}
