/// What a check saw in a dataset.
public struct Finding: Hashable, Sendable {
    public enum Severity: String, Codable, Comparable, Sendable {
        /// Nothing to do; worth knowing.
        case good, note
        /// Trains worse than it could.
        case warning
        /// Cannot be trained, or would be lost.
        case error

        private var rank: Int {
            switch self {
            case .good: 0
            case .note: 1
            case .warning: 2
            case .error: 3
            }
        }
        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    }

    /// A stable name such as `empty-completion`, for scripts and answers.
    public let id: String
    public let severity: Severity
    public let summary: Wording
    /// Rows concerned, counted from 0; empty when the finding is about the whole file. May be cut to the first thousand.
    public let rows: [Int]
    /// How many rows are concerned in all.
    public let count: Int

    public init(id: String, severity: Severity, summary: Wording, rows: [Int] = [], count: Int? = nil) {
        self.id = id
        self.severity = severity
        self.summary = summary
        self.rows = rows
        self.count = count ?? rows.count
    }
}
