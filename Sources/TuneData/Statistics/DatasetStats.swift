public import TuneModel

/// What a dataset holds: how many records, how long, in which languages, by whom, and how often the same.
public struct DatasetStats: Hashable, Sendable {
    public let records: Int
    /// Rows that are no record.
    public let broken: Int
    public let bytes: Int
    public let shape: Record.Shape

    /// Of the prompts; of chats, the turns that are not trained.
    public let prompts: Lengths
    /// Of the completions; of chats, the answers that are trained; of preference pairs, the preferred ones.
    public let completions: Lengths
    /// Of both together.
    public let lengths: Lengths
    /// nil unless a base model was given.
    public let tokens: Tokens?
    /// The commonest first.
    public let languages: [Tallied<TextLanguage>]

    /// Turns by role, the commonest first; empty where records have no turns.
    public let roles: [Tallied<String>]
    /// Turns of a record; a prompt and its completion count as two.
    public let turns: Lengths
    /// The commonest first; empty where there are none or more than a thousand.
    public let systems: [Tallied<String>]

    public let distinctPrompts: Int
    public let distinctCompletions: Int
    /// Rows that repeat an earlier one in prompt and completion.
    public let duplicates: Int
    /// Whether so few different completions mean that they are classes.
    public let isClassification: Bool
    /// The classes, the commonest first; empty where it is no classification, or one of more than a thousand classes.
    public let classes: [Tallied<String>]

    /// Lengths in characters (code points), or whatever was counted.
    public struct Lengths: Hashable, Sendable {
        public let total: Int
        public let min: Int
        public let median: Int
        public let p90: Int
        public let p99: Int
        public let max: Int
        public let histogram: Histogram

        /// Percentiles by rank: the smallest length that so many are not above.
        init(_ tally: LengthTally) {
            total = tally.total
            min = tally.min
            median = tally.rank(50)
            p90 = tally.rank(90)
            p99 = tally.rank(99)
            max = tally.max
            histogram = Histogram(tally)
        }
    }

    /// Lengths in tokens of a base model.
    public struct Tokens: Hashable, Sendable {
        /// Name of the base model.
        public let model: String
        /// Tokens that one record may have at most.
        public let context: Int
        public let all: Lengths
        public let trained: Lengths
        /// Records that have more than the context.
        public let overlong: Int
        /// Records whose tokens could not be counted.
        public let uncounted: Int
    }

    /// Reads the whole file once, on every core; memory grows by 16 bytes a row.
    public init(
        of dataset: Dataset, tokens measure: TokenMeasure? = nil, work: DataWork = .quiet
    ) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        var census = StatsCensus()
        try dataset.stretches(of: 0..<dataset.count, work: work.stretch(0...0.95)) {
            range, work throws(DataError) -> StatsCensus in
            var part = StatsCensus()
            let sight = RowSight(columns: dataset.columns, tokens: measure)
            try dataset.walk(from: range.lowerBound, work: work) { line, row throws(DataError) in
                sight.look(at: line)
                part.add(sight, shape: dataset.shape, measure: measure)
                return row + 1 < range.upperBound
            }
            return part
        } _: { part throws(DataError) in
            census.add(part)
        }
        records = census.prompts.count
        broken = census.broken
        bytes = dataset.bytes
        shape = dataset.shape
        prompts = Lengths(census.prompts)
        completions = Lengths(census.completions)
        lengths = Lengths(census.lengths)
        tokens = measure.map { measure in
            Tokens(
                model: measure.model, context: measure.context, all: Lengths(census.tokens),
                trained: Lengths(census.trained), overlong: census.overlong,
                uncounted: census.prompts.count - census.tokens.count)
        }
        languages = Self.sorted(census.languages) { $0.rawValue }
        roles = Self.sorted(census.roles) { $0 }
        turns = Lengths(census.turns)
        systems = census.systems.sorted
        let counts = try census.pairs.count(work: work)
        distinctPrompts = counts.prompts
        distinctCompletions = counts.completions
        duplicates = counts.duplicates
        isClassification =
            dataset.shape == .completion && census.prompts.max > 0 && counts.completions * 3 < census.prompts.count
        classes = isClassification ? census.answers.sorted : []
        try work.checkpoint(1)
    }

    private static func sorted<Value: Hashable & Sendable>(
        _ counts: [Value: Int], by name: (Value) -> String
    ) -> [Tallied<Value>] {
        counts.sorted { ($1.value, name($0.key)) < ($0.value, name($1.key)) }.map { Tallied($0.key, count: $0.value) }
    }
}
