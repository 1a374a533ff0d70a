import TuneModel

/// The jobs of a service.
struct RemoteJobs: RemoteJobService {
    let line: Line
    let files: RemoteFiles

    func create(_ request: RemoteJobRequest, key: String) async throws -> RemoteJob { throw line.nothing }
    func list(after last: String?, limit: Int) async throws -> (jobs: [RemoteJob], hasMore: Bool) { throw line.nothing }
    func job(_ id: String) async throws -> RemoteJob { throw line.nothing }
    func cancel(_ id: String) async throws -> RemoteJob { throw line.nothing }
    func pause(_ id: String) async throws -> RemoteJob { throw line.nothing }
    func resume(_ id: String) async throws -> RemoteJob { throw line.nothing }
    func follow(_ id: String, known: RemoteEventMarks) -> AsyncThrowingStream<RemoteNews, any Error> {
        AsyncThrowingStream { $0.finish(throwing: line.nothing) }
    }
    func checkpoints(of id: String) async throws -> [RemoteCheckpoint] { throw line.nothing }
    func results(of id: String) async throws -> [StepMetrics] { throw line.nothing }
}
