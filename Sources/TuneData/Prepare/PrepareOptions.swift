/// What the prepare questions are based on, beyond the file itself.
public struct PrepareOptions: Sendable {
    /// How closely the file is looked at; nil leaves out near-duplicates, private data and tokens, which take longest.
    public var check: CheckOptions?
    /// A system prompt for conversations to begin with; nil for the one that most of them have.
    public var system: String?
    /// The share of records that is offered to be set apart.
    public var share: Double
    public var seed: UInt64

    public init(
        check: CheckOptions? = CheckOptions(), system: String? = nil, share: Double = 0.1, seed: UInt64 = 42
    ) {
        self.check = check
        self.system = system
        self.share = share
        self.seed = seed
    }

    /// What the classic tool looked at, and no more.
    public static let classic = PrepareOptions(check: nil)
}
