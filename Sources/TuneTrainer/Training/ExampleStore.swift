import Foundation
import TuneModel

/// The examples of a run, in the order of their rows, in a file of their own that nobody else sees.
///
/// A run of a million records keeps eight bytes for each of them in memory; tokens are read when their batch is due.
struct ExampleStore: RandomAccessCollection, Sendable {
    private let file: ScratchFile
    /// Where each example ends in the file, in words of four bytes.
    private let ends: [Int]
    /// Of all examples: tokens, tokens with a loss, examples that were cut, and of these the ones whose answer was, and
    /// the longest one's tokens.
    let tokenCount: Int
    let trainedTokens: Int
    let cutCount: Int
    let cutAnswers: Int
    let longest: Int

    var startIndex: Int { 0 }
    var endIndex: Int { ends.count }

    /// Encodes the records one by one; the file lies in `folder` and has no name in it.
    init(
        _ records: some Sequence<Record>, _ encoder: ExampleEncoder, for method: TrainingMethod = .supervised,
        folder: String
    ) throws(TrainerError) {
        var writer = try ScratchFile.Writer(folder: folder)
        var ends: [Int] = []
        var (tokens, trained, cut, cutAnswers, longest) = (0, 0, 0, 0, 0)
        for (row, record) in records.enumerated() {
            let example = try encoder.encode(record, row: row, for: method)
            // The number of tokens cut and of those in the first sequence, then the tokens. The highest bit tells that
            // the answer was cut, that there is a second sequence, and of each token that it is to be learned.
            try writer.put(UInt32(example.cutTokens) | (example.isAnswerCut ? Self.mark : 0))
            try writer.put(UInt32(example.tokens.count) | (example.rejected == nil ? 0 : Self.mark))
            for side in example.sides {
                for (token, isLearned) in zip(side.tokens, side.isCompletion) {
                    try writer.put(UInt32(token) | (isLearned ? Self.mark : 0))
                }
            }
            ends.append((ends.last ?? 0) + Self.header + example.size)
            tokens += example.size
            trained += example.trainedTokens
            cut += example.cutTokens > 0 ? 1 : 0
            cutAnswers += example.isAnswerCut ? 1 : 0
            longest = Swift.max(longest, example.size)
        }
        file = try writer.finish()
        self.ends = ends
        (tokenCount, trainedTokens, self.longest) = (tokens, trained, longest)
        (cutCount, self.cutAnswers) = (cut, cutAnswers)
    }

    subscript(row: Int) -> Example {
        let words = file.words(place(of: row))
        let end = Self.header + Int(words[1] & ~Self.mark)
        func side(_ words: ArraySlice<UInt32>) -> Example.Side {
            Example.Side(
                tokens: words.map { Int32($0 & ~Self.mark) }, isCompletion: words.map { $0 & Self.mark != 0 })
        }
        let first = side(words[Self.header..<end])
        return Example(
            row: row, tokens: first.tokens, isCompletion: first.isCompletion,
            rejected: words[1] & Self.mark == 0 ? nil : side(words[end...]), cutTokens: Int(words[0] & ~Self.mark),
            isAnswerCut: words[0] & Self.mark != 0)
    }

    /// Tokens of a row's example, without reading it.
    func tokenCount(of row: Int) -> Int { place(of: row).count - Self.header }

    /// Tokens of the `count` longest examples together.
    func tokensOfLongest(_ count: Int) -> Int {
        indices.map(tokenCount(of:)).sorted(by: >).prefix(count).reduce(0, +)
    }

    private static let mark: UInt32 = 1 << 31
    /// Words before an example's tokens.
    private static let header = 2

    private func place(of row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }
}
