import Dispatch
import Synchronization

/// A file that is being opened: its first rows at once, the others as they are found.
///
///     let opening = try Dataset.opening("large.jsonl")
///     show(opening.head)
///     for try await news in opening.news { … }
public struct DatasetOpening: Sendable {
    public enum News: Sendable {
        /// More rows can be read by now; `share` is how much of the file was looked through, 0 to 1.
        case grown(Dataset, share: Double)
        /// All rows can be read.
        case finished(Dataset)
    }

    /// The first rows. It is whole when the file has no more than these.
    public let head: Dataset
    /// What comes after, ending with `finished`. Only the newest is kept for who reads slowly; who stops reading, or
    /// whose task is cancelled, stops the work.
    public let news: AsyncThrowingStream<News, any Error>
}

extension Dataset {
    /// Opens a file with its first rows only, and goes on looking for the others in the background.
    ///
    /// The first rows take a few milliseconds, whatever the size of the file; of a workbook, its shared texts are read
    /// before. What is wrong further down is thrown by the news.
    public static func opening(
        _ path: String, rows: Int = 200, reading options: ReadingOptions = ReadingOptions()
    ) throws(DataError) -> DatasetOpening {
        let head: Dataset
        do throws(DataError) {
            head = try Dataset(headOf: path, rows: rows, options)
        } catch {
            // A head that ends in the middle of something may look broken where the file is not.
            head = try Dataset(opening: path, reading: options)
        }
        let (news, tap) = AsyncThrowingStream<DatasetOpening.News, any Error>.makeStream(
            bufferingPolicy: .bufferingNewest(1))
        guard !head.isWhole else {
            tap.yield(.finished(head))
            tap.finish()
            return DatasetOpening(head: head, news: news)
        }
        let flag = Flag()
        tap.onTermination = { _ in flag.raise() }
        // Not on the pool of tasks: this may take seconds, and blocks.
        DispatchQueue.global(qos: .userInitiated).async {
            do throws(DataError) {
                tap.yield(.finished(try head.completed(options, flag) { tap.yield($0) }))
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        return DatasetOpening(head: head, news: news)
    }

    /// Only the first rows, and whether there are more.
    init(headOf path: String, rows: Int, _ options: ReadingOptions) throws(DataError) {
        let content = try DatasetContent(of: path, options, rows: rows, work: .quiet)
        let index = try LineIndex(of: content.lines, upTo: rows, work: .quiet)
        try self.init(content, index: index, isWhole: !content.isCut && index.rows < rows)
    }

    // MARK: -

    private func completed(
        _ options: ReadingOptions, _ flag: Flag, _ tell: @escaping @Sendable (DatasetOpening.News) -> Void
    ) throws(DataError) -> Dataset {
        guard isEditable else {
            let work = DataWork(report: { [self] in tell(.grown(self, share: $0)) }, isCancelled: { flag.isRaised })
            return try Dataset(opening: path, reading: options, work: work)
        }
        let work = DataWork(isCancelled: { flag.isRaised })
        let size = Double(max(lines.size, 1))
        let whole = try LineIndex(of: lines, work: work) { index, offset in
            guard index.rows > count else { return }
            tell(.grown(Dataset(self, index: index, isWhole: false), share: Double(offset) / size))
        }
        return Dataset(self, index: whole, isWhole: true)
    }

    /// Raised when nobody waits any more.
    private final class Flag: Sendable {
        private let state = Atomic(false)
        var isRaised: Bool { state.load(ordering: .relaxed) }
        func raise() { state.store(true, ordering: .relaxed) }
    }
}
