/// Something that has models and lets them answer.
public protocol ModelService: Sendable {
    /// Base models first, then fine-tuned ones, newest first.
    func list() async throws -> [ModelCard]
    /// The model of this name, or of another name that is known for it.
    func model(_ name: String) async throws -> ModelCard
    /// Streams one answer; ends with `.finished`. Ending the iteration stops the work.
    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error>
    func delete(_ name: String) async throws
}

extension ModelService {
    public func model(_ name: String) async throws -> ModelCard {
        let cards = try await list()
        guard let card = cards.first(where: { $0.name == name }) else {
            throw NoSuchModel(name: name, known: cards.map(\.name))
        }
        return card
    }
}

/// A service has no model of this name.
public struct NoSuchModel: ExplainedError, Equatable {
    public let name: String
    public let known: [String]

    public init(name: String, known: [String]) {
        self.name = name
        self.known = known
    }

    public var exitStatus: ExitStatus { .badData }
    public var failureKind: FailureKind { .missing }
    public var failureCode: String? { "model_not_found" }
    public var failureParameter: String? { "model" }

    public var explanation: Explanation {
        let names = known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", …" : "")
        return Explanation(
            Wording("There is no model \(name).", "没有模型 \(name)。"),
            next: Wording("There are: \(names).", "现有的模型：\(names)。"))
    }
}
