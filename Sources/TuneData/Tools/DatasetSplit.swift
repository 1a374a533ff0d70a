import Foundation

/// Sets records of a dataset apart at random, line for line as they are.
public struct DatasetSplit: Sendable {
    /// The files written and their records.
    public struct Files: Hashable, Sendable {
        public let first: String
        public let second: String
        public let firstRecords: Int
        public let secondRecords: Int
    }

    public let dataset: Dataset
    /// Records to set apart.
    public let count: Int
    public let seed: UInt64

    public init(_ dataset: Dataset, setApart count: Int, seed: UInt64 = 42) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        guard count > 0, count < dataset.count else {
            throw .impossibleSplit(file: dataset.path, count: dataset.count, second: count)
        }
        self.dataset = dataset
        self.count = count
        self.seed = seed
    }

    /// Writes `NAME_train.jsonl` and `NAME_valid.jsonl`, or the names given, which must be free. Both keep the order
    /// of the file. On failure nothing is left behind.
    public func write(first: String? = nil, second: String? = nil, work: DataWork = .quiet) throws(DataError) -> Files {
        let names = try OutputNames(for: dataset.path, first: first, second: second)
        let chosen = choose()
        let files = (try PendingFile(for: names.first), try PendingFile(for: names.second))
        let end: [UInt8] = [0x0a]
        try dataset.walk(work: work) { line, row throws(DataError) in
            let file = chosen.contains(row) ? files.1 : files.0
            if line.isCut { try file.copy(line.content, of: line.file) } else { try file.write(line.bytes) }
            try file.write(end)
            return true
        }
        try files.0.sync()
        try files.1.sync()
        guard dataset.isCurrent else { throw .changedMeanwhile(file: dataset.path) }
        try PendingFile.publish([files.0, files.1])
        return Files(
            first: names.first, second: names.second, firstRecords: dataset.count - count, secondRecords: count)
    }

    /// Each set of rows is equally likely: Floyd's way, which draws as often as rows are chosen.
    private func choose() -> RowSet {
        var source = SplitMix(state: seed)
        var chosen = RowSet(rows: dataset.count)
        for last in (dataset.count - count)..<dataset.count {
            let row = Int.random(in: 0...last, using: &source)
            chosen.insert(chosen.contains(row) ? last : row)
        }
        return chosen
    }
}

/// SplitMix64 by Steele, Lea and Flood (2014): small, and the same everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}

/// The names of two outputs beside a file.
struct OutputNames {
    let first: String
    let second: String

    init(for path: String, first: String?, second: String?) throws(DataError) {
        let stem = PreparedNames.stem(of: path)
        self.first = first ?? PreparedNames.free([stem + "_train"])[0]
        self.second = second ?? PreparedNames.free([stem + "_valid"])[0]
        for name in [self.first, self.second] where PreparedNames.exists(name) { throw .nameTaken(file: name) }
    }
}
