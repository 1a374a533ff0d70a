public import TuneModel

/// What a query may ask that does not stand in the file. What is not known holds for no row.
public struct QueryFacts: Sendable {
    /// Of the last job, by row; NaN where none is known.
    public var losses: [Float]?
    /// The tags of a row.
    public var tags: (@Sendable (_ row: Int) -> [String])?
    /// The rows of each finding, by its id.
    public var findings: [String: RowSet]?
    /// Whether a row was changed since the last save.
    public var isEdited: (@Sendable (_ row: Int) -> Bool)?
    /// How the base model cuts records.
    public var tokens: TokenMeasure?

    public init(
        losses: [Float]? = nil, tags: (@Sendable (_ row: Int) -> [String])? = nil, findings: [String: RowSet]? = nil,
        isEdited: (@Sendable (_ row: Int) -> Bool)? = nil, tokens: TokenMeasure? = nil
    ) {
        self.losses = losses
        self.tags = tags
        self.findings = findings
        self.isEdited = isEdited
        self.tokens = tokens
    }

    /// What of some needs is not known.
    public func missing(of needs: Set<QueryNeed>) -> Set<QueryNeed> {
        needs.filter { need in
            switch need {
            case .losses: losses == nil
            case .tags: tags == nil
            case .findings: findings == nil
            case .edits: isEdited == nil
            case .tokens: tokens == nil
            }
        }
    }
}

/// A kind of fact that a query may need.
public enum QueryNeed: String, CaseIterable, Hashable, Sendable {
    /// A job that measured its records.
    case losses
    case tags
    /// A check that ran.
    case findings
    case edits
    /// A base model.
    case tokens
}
