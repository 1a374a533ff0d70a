public import TuneModel

/// A model with where its files lie.
public struct ShelvedModel: Hashable, Sendable {
    public let card: ModelCard
    /// A GGUF file or a folder of safetensors: of a fine-tuned model its base's, or its own where all of it was trained.
    public let weightsPath: String
    /// What a job learned on the base; nil for a base model, and for one that was trained as a whole.
    public let adapterFolder: String?
    /// What every prompt of the training file ended with, when they had that in common.
    public let separator: String?
    /// What every completion of the training file ended with; an answer is over there.
    public let ending: String?
    /// Whether it learned conversations, and so is best asked in one.
    public let isChat: Bool
    /// Of the weights, in hexadecimal, where it was checked.
    public let sha256: String?

    public var name: String { card.name }

    public var isBase: Bool { card.kind == .base }

    /// The model whose weights are used: the base, or itself where all of it was trained. An adapter that is trained from
    /// it belongs to that one.
    public var foundation: String { adapterFolder == nil ? name : base }

    /// The base model's name; its own for a base model.
    public var base: String {
        switch card.kind {
        case .base: card.name
        case .fineTuned(let base, _): base
        }
    }
}

/// What a finished job leaves behind.
public struct JobOutcome: Hashable, Sendable {
    /// The base model that it was trained from.
    public let base: String
    /// Becomes part of the model's name.
    public let suffix: String?
    public let delivery: Delivery
    public let separator: String?
    public let ending: String?
    /// Whether the training file held conversations.
    public let isChat: Bool
    public let trainedTokens: Int

    public init(
        base: String, suffix: String?, delivery: Delivery, separator: String?, ending: String?, isChat: Bool = false,
        trainedTokens: Int
    ) {
        self.base = base
        self.suffix = suffix
        self.delivery = delivery
        self.separator = separator
        self.ending = ending
        self.isChat = isChat
        self.trainedTokens = trainedTokens
    }
}
