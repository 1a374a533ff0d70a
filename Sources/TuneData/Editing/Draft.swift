import Foundation
import Synchronization

/// Unsaved edits of a dataset: what was done to its rows, and can be undone, however long ago.
///
/// Every edit lies on the disk before `apply` returns, in a journal that the next process takes up. The file itself is
/// touched by `save` alone. Edits wait for each other; what is only looked at never waits.
public final class Draft: Sendable {
    private let core: Mutex<DraftCore>
    private let shown: Mutex<Shown>

    /// What can be looked at while an edit is being made.
    private struct Shown {
        let dataset: Dataset
        let status: Status
        let rope: Rope
        let tags: TagBook

        init(_ core: DraftCore) {
            (dataset, status) = (core.dataset, core.status)
            (rope, tags) = (core.history.rope, core.history.tags)
        }
    }

    /// Takes up the edits of a file that a journal in the folder holds.
    ///
    /// Where another process edits the file, this one shows its edits as they are now, and cannot make others. The
    /// same holds where the folder cannot be written to; `Status.obstacle` tells why.
    public convenience init(
        opening path: String, journals folder: String, reading: ReadingOptions = ReadingOptions(),
        work: DataWork = .quiet
    ) throws(DataError) {
        let file = try Dataset(opening: path, reading: reading, work: work.stretch(0...0.9))
        try self.init(of: file, journals: folder, reading: reading, work: work.stretch(0.9...1))
    }

    /// The same for a dataset that was opened already, whole and without edits.
    public init(
        of dataset: Dataset, journals folder: String, reading: ReadingOptions = ReadingOptions(),
        work: DataWork = .quiet
    ) throws(DataError) {
        precondition(dataset.isWhole && dataset.edits == nil, "edits are made on all rows of a file")
        let core = try DraftCore(dataset, reading, journals: folder, work: work)
        shown = Mutex(Shown(core))
        self.core = Mutex(core)
    }

    /// The rows as edited.
    public var dataset: Dataset { shown.withLock { $0.dataset } }

    public var status: Status { shown.withLock { $0.status } }

    /// Looks whether others changed the file meanwhile, and tells how things stand.
    public func refresh() -> Status {
        withCore { core in
            core.isOutdated = !core.file.isCurrent
            return core.status
        }
    }

    // MARK: - Editing

    /// Makes an edit. It is on the disk when this returns; when it throws, nothing has changed.
    public func apply(_ edit: RowEdit, work: DataWork = .quiet) throws(DataError) -> Outcome {
        try withCore { core throws(DataError) in try core.apply(edit, work: work) }
    }

    /// Takes back the last edit that was not taken back; nil where there is none.
    public func undo() throws(DataError) -> Outcome? {
        try withCore { core throws(DataError) in try core.undo() }
    }

    /// Makes the edit again that was taken back last; nil where there is none.
    public func redo() throws(DataError) -> Outcome? {
        try withCore { core throws(DataError) in try core.redo() }
    }

    // MARK: - Tags and marks

    public func tags(of row: Int) -> [String] {
        let shown = shown.withLock { $0 }
        return shown.rope.id(at: row).map(shown.tags.names) ?? []
    }

    /// The rows that bear a tag.
    public func rows(tagged name: String) -> RangeSet<Int> {
        let shown = shown.withLock { $0 }
        let ids = shown.tags.entries.lazy.filter { $0.value.names.contains(name) }.map(\.key)
        return TagBook.positions(in: shown.rope, of: ids)
    }

    /// The rows that are not as they stand in the file.
    public var editedRows: RangeSet<Int> {
        var rows: [Range<Int>] = []
        dataset.edits?.rope.forEachPiece { piece, row in
            if piece.isLine { rows.append(row..<row + 1) }
        }
        return RangeSet(rows)
    }

    // MARK: -

    /// Edits wait for each other here; what is shown is brought up to date before the next.
    func withCore<Result: Sendable, Failure: Error>(
        _ body: (inout DraftCore) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try core.withLock { core throws(Failure) in
            defer {
                let news = Shown(core)
                shown.withLock { $0 = news }
            }
            return try body(&core)
        }
    }
}
