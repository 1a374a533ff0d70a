/// Something that has models and lets them answer.
public protocol ModelService: Sendable {
    /// Base models first, then fine-tuned ones, newest first.
    func list() async throws -> [ModelCard]
    /// Streams one answer; ends with `.finished`. Ending the iteration stops the work.
    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error>
    func delete(_ name: String) async throws
}
