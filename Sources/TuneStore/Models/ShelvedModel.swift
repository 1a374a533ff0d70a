public import TuneModel

/// A model with where its files lie.
public struct ShelvedModel: Hashable, Sendable {
    public let card: ModelCard
    /// The GGUF file; a fine-tuned model's base.
    public let weightsPath: String
    /// What a job learned; nil for a base model.
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
    /// The base model that the adapter belongs to.
    public let base: String
    /// Becomes part of the model's name.
    public let suffix: String?
    public let adapterFolder: String
    public let separator: String?
    public let ending: String?
    /// Whether the training file held conversations.
    public let isChat: Bool
    public let trainedTokens: Int

    public init(
        base: String, suffix: String?, adapterFolder: String, separator: String?, ending: String?, isChat: Bool = false,
        trainedTokens: Int
    ) {
        self.base = base
        self.suffix = suffix
        self.adapterFolder = adapterFolder
        self.separator = separator
        self.ending = ending
        self.isChat = isChat
        self.trainedTokens = trainedTokens
    }
}
