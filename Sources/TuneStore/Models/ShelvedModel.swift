public import TuneModel

/// A model with where its files lie.
public struct ShelvedModel: Hashable, Sendable {
    public let card: ModelCard
    /// A GGUF file, or a folder of safetensors; where an adapter was learned, that of the model it stands on.
    public let weightsPath: String
    /// What a job learned; nil for a base model, and for one of which every weight was learned.
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

    public var isFineTuned: Bool { card.kind != .base }

    /// The base model's name; its own for a base model.
    public var base: String {
        switch card.kind {
        case .base: card.name
        case .fineTuned(let base, _): base
        }
    }

    /// The name of the model whose weights lie at `weightsPath`: what an adapter that is learned now stands on.
    public var foundation: String { adapterFolder == nil ? name : base }
}

/// What a finished job leaves behind.
public struct JobOutcome: Hashable, Sendable {
    public enum Product: Hashable, Sendable {
        /// LoRA matrices, in a folder.
        case adapter(folder: String)
        /// Every weight anew: a GGUF file, or a folder of safetensors.
        case weights(path: String)

        var path: String {
            switch self {
            case .adapter(let path), .weights(let path): path
            }
        }
    }

    /// The model that it was learned on.
    public let base: String
    /// Becomes part of the model's name.
    public let suffix: String?
    public let product: Product
    public let separator: String?
    public let ending: String?
    /// Whether the training file held conversations.
    public let isChat: Bool
    public let trainedTokens: Int

    public init(
        base: String, suffix: String?, product: Product, separator: String?, ending: String?, isChat: Bool = false,
        trainedTokens: Int
    ) {
        self.base = base
        self.suffix = suffix
        self.product = product
        self.separator = separator
        self.ending = ending
        self.isChat = isChat
        self.trainedTokens = trainedTokens
    }
}
