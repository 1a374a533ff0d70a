/// How a base model cuts records into tokens; what trains is counted apart.
public struct TokenMeasure: Sendable {
    /// Name of the base model.
    public let model: String
    /// Tokens that one record may have at most.
    public let context: Int
    /// The tokens of a record as it is trained, in order.
    public let pieces: @Sendable (Record) throws -> [TokenPiece]
    /// How many tokens a record has; quicker than `pieces`.
    public let count: @Sendable (Record) throws -> TokenCount

    public init(
        model: String, context: Int, pieces: @escaping @Sendable (Record) throws -> [TokenPiece],
        count: @escaping @Sendable (Record) throws -> TokenCount
    ) {
        self.model = model
        self.context = context
        self.pieces = pieces
        self.count = count
    }
}

/// One token of a record.
public struct TokenPiece: Hashable, Sendable {
    public let id: Int
    /// Its bytes as a text; a character that is cut between tokens appears whole at its last one.
    public let text: String
    /// Whether the trainer learns to say it.
    public let isTrained: Bool

    public init(id: Int, text: String, isTrained: Bool) {
        self.id = id
        self.text = text
        self.isTrained = isTrained
    }
}

/// Tokens of a record.
public struct TokenCount: Hashable, Sendable {
    public let all: Int
    /// Those that the trainer learns to say.
    public let trained: Int

    public init(all: Int, trained: Int) {
        self.all = all
        self.trained = trained
    }
}
