public import TuneData
public import TuneModel

/// What the dashboard does with dataset files. Long work reports the share that is done, 0 to 1, and ends when its task
/// is cancelled.
public struct DatasetClient: Sendable {
    public typealias Report = @Sendable (Double) -> Void

    /// Reads enough of a file to show its beginning, tells it, and goes on until all of its rows are known.
    public var open:
        @Sendable (_ path: String, _ grown: @escaping @Sendable (DatasetFacts) -> Void) async throws -> DatasetFacts
    /// The dataset is not looked at any more; its edits stay in its journal.
    public var close: @Sendable (_ path: String) async -> Void
    /// The rows of a range, counted from 0; fewer at the end of the file.
    public var rows: @Sendable (_ path: String, _ range: Range<Int>) async throws -> [SheetRow]
    /// Rows picked from anywhere in the file, in the order that they are asked for.
    public var pickedRows: @Sendable (_ path: String, _ rows: [Int]) async throws -> [SheetRow]
    /// Runs the checks over the whole file.
    public var inspect: @Sendable (_ path: String, _ report: @escaping Report) async throws -> [Finding]
    public var statistics: @Sendable (_ path: String, _ report: @escaping Report) async throws -> DatasetStats
    /// The rows that a query asks for; tells some of them while it goes on, where their order allows.
    public var query:
        @Sendable (
            _ path: String, _ query: RowQuery, _ losses: [Float]?, _ report: @escaping Report,
            _ grow: @escaping @Sendable ([Int32]) -> Void
        ) async throws -> [Int32]
    /// The next row, from `start` on (itself included) and around the end, in which the pattern is; nil when it is in
    /// none.
    public var find:
        @Sendable (_ path: String, _ pattern: TextPattern, _ start: Int, _ forward: Bool) async throws -> Int?
    /// Makes an edit, which is safe in the journal when this returns; the file stays as it is until it is saved.
    public var edit: @Sendable (_ path: String, _ edit: RowEdit, _ report: @escaping Report) async throws -> EditOutcome
    /// What a change would do.
    public var preview:
        @Sendable (_ path: String, _ change: RowChange, _ rows: RangeSet<Int>) async throws -> Draft.Preview
    /// Nil when there is nothing to take back.
    public var undo: @Sendable (_ path: String) async throws -> EditOutcome?
    public var redo: @Sendable (_ path: String) async throws -> EditOutcome?
    public var save:
        @Sendable (_ path: String, _ manner: SaveManner, _ report: @escaping Report) async throws -> DatasetFacts
    /// Takes the file as somebody else has left it; gives how many edits found no place in it.
    public var reload:
        @Sendable (_ path: String, _ keepingEdits: Bool) async throws -> (facts: DatasetFacts, unplaced: Int)
    /// Adds a record at the end and saves it, safely; nil when the dataset is not open. Where other edits wait to be
    /// saved, it waits with them.
    public var append: @Sendable (_ path: String, _ record: Record) async throws -> EditOutcome?
}
