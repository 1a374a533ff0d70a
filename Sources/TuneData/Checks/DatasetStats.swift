public import TuneModel

/// How many records a dataset has, and how long their texts are.
public struct DatasetStats: Hashable, Sendable {
    public let records: Int
    /// Rows that are no record.
    public let broken: Int
    public let bytes: Int
    public let shape: Record.Shape
    /// Of the prompts; of chats, all that precedes the last answer.
    public let prompts: Lengths
    /// Of the completions; of chats, the answers that are trained; of preference pairs, the preferred ones.
    public let completions: Lengths

    /// Lengths in characters (code points).
    public struct Lengths: Hashable, Sendable {
        public let total: Int
        public let min: Int
        public let median: Int
        public let p90: Int
        public let p99: Int
        public let max: Int

        /// Percentiles by rank: the smallest length that so many are not above.
        init(_ lengths: [Int32]) {
            let sorted = lengths.sorted()
            func rank(_ percent: Int) -> Int {
                sorted.isEmpty ? 0 : Int(sorted[Swift.max((sorted.count * percent + 99) / 100 - 1, 0)])
            }
            total = sorted.reduce(0) { $0 + Int($1) }
            min = Int(sorted.first ?? 0)
            median = rank(50)
            p90 = rank(90)
            p99 = rank(99)
            max = Int(sorted.last ?? 0)
        }
    }

    /// Reads the whole file once; memory grows by 8 bytes a row.
    public init(of dataset: Dataset, work: DataWork = .quiet) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        var prompts: [Int32] = []
        var completions: [Int32] = []
        var broken = 0
        try dataset.walk(work: work) { line, _ throws(DataError) in
            guard !line.isCut, let value = try? JSONValue(line.bytes),
                let record = try? RecordParser.record(from: value, dataset.columns)
            else {
                broken += 1
                return true
            }
            let (prompt, completion) = Self.lengths(of: record)
            prompts.append(Int32(clamping: prompt))
            completions.append(Int32(clamping: completion))
            return true
        }
        records = prompts.count
        self.broken = broken
        bytes = dataset.bytes
        shape = dataset.shape
        self.prompts = Lengths(prompts)
        self.completions = Lengths(completions)
    }

    private static func lengths(of record: Record) -> (Int, Int) {
        func count(_ messages: some Sequence<Message>) -> Int {
            messages.reduce(0) { $0 + $1.content.unicodeScalars.count }
        }
        switch record {
        case .completion(let prompt, let completion):
            return (prompt.unicodeScalars.count, completion.unicodeScalars.count)
        case .chat(let messages):
            return (count(messages.filter { !$0.isTrained }), count(messages.filter(\.isTrained)))
        case .preference(let input, let preferred, _):
            return (count(input), count(preferred))
        }
    }
}
