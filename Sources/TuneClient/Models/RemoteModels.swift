import TuneModel

/// The models of a service.
struct RemoteModels: ModelService {
    let line: Line

    func list() async throws -> [ModelCard] { throw line.nothing }
    func model(_ name: String) async throws -> ModelCard { throw line.nothing }
    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        AsyncThrowingStream { $0.finish(throwing: line.nothing) }
    }
    func delete(_ name: String) async throws { throw line.nothing }
}
