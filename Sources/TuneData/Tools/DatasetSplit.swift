import Foundation
public import TuneModel

/// Sets records of a dataset apart, line for line as they are.
public struct DatasetSplit: Sendable {
    /// How the records to set apart are drawn.
    public enum Way: Hashable, Sendable {
        /// Each as likely as any other.
        case random
        /// Of each answer, as of a class, the same share.
        case byClass
        /// Records of the same prompt stay on one side, and with a threshold also those that are nearly the same.
        case byGroup(near: Double?)
    }

    /// The files written and their records.
    public struct Files: Hashable, Sendable {
        public let first: String
        public let second: String
        public let firstRecords: Int
        public let secondRecords: Int
        /// What of the second file stands in the first, too; empty when nobody looked.
        public let leaks: [Finding]
    }

    public let dataset: Dataset
    /// Records to set apart; whole groups may come to fewer.
    public let count: Int
    public let seed: UInt64
    public let way: Way

    public init(
        _ dataset: Dataset, setApart count: Int, seed: UInt64 = 42, by way: Way = .random
    ) throws(DataError) {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        guard count > 0, count < dataset.count else {
            throw .impossibleSplit(file: dataset.path, count: dataset.count, second: count)
        }
        self.dataset = dataset
        self.count = count
        self.seed = seed
        self.way = way
    }

    /// Writes `NAME_train.jsonl` and `NAME_valid.jsonl`, or the names given, which must be free. Both keep the order
    /// of the file. On failure nothing is left behind.
    ///
    /// - Parameters:
    ///   - looksForLeaks: whether records that stand on both sides are told afterwards.
    ///   - near: the share of 5-grams in common from which records on both sides are told as nearly the same.
    public func write(
        first: String? = nil, second: String? = nil, looksForLeaks: Bool = false, near: Double? = nil,
        work: DataWork = .quiet
    ) throws(DataError) -> Files {
        let names = try OutputNames(for: dataset.path, first: first, second: second)
        let chosen = try choose(work: work.stretch(0...0.4))
        let apart = chosen.count
        guard apart > 0 else { throw .noSmallGroup(file: dataset.path, count: count) }
        let leaks =
            looksForLeaks
            ? try LeakCheck.findings(of: dataset, setApart: chosen, near: near, work: work.stretch(0.4...0.8)) : []
        let files = (try PendingFile(for: names.first), try PendingFile(for: names.second))
        let end: [UInt8] = [0x0a]
        try dataset.walk(work: work.stretch(0.8...1)) { line, row throws(DataError) in
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
            first: names.first, second: names.second, firstRecords: dataset.count - apart, secondRecords: apart,
            leaks: leaks)
    }

    private func choose(work: DataWork) throws(DataError) -> RowSet {
        let choice = RowChoice(dataset: dataset, seed: seed)
        return switch way {
        case .random: choice.random(count)
        case .byClass: try choice.byClass(count, work: work)
        case .byGroup(let near): try choice.byGroup(count, near: near, work: work)
        }
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
