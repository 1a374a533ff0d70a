public import TuneModel

/// What is known of an open dataset without looking at its records one by one.
public struct DatasetFacts: Hashable, Sendable {
    /// The file's absolute path; it is what the dataset is known by.
    public var path: String
    public var shape: Record.Shape
    public var records: Int
    public var bytes: Int64
    /// Whether records can be written back into this file.
    public var isEditable: Bool

    public init(path: String, shape: Record.Shape, records: Int, bytes: Int64, isEditable: Bool = true) {
        self.path = path
        self.shape = shape
        self.records = records
        self.bytes = bytes
        self.isEditable = isEditable
    }

    /// The file's name without its folder.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// One line of a dataset as it is shown.
public enum DatasetRow: Hashable, Sendable {
    case record(Record)
    /// A line that is no record: what it says, and why it cannot be read.
    case broken(text: String, why: Wording)
}

/// What the dashboard does with dataset files.
public struct DatasetClient: Sendable {
    /// Reads enough of a file to know its facts.
    public var open: @Sendable (_ path: String) async throws -> DatasetFacts
    /// The rows of a range, counted from 0; fewer at the end of the file.
    public var rows: @Sendable (_ path: String, _ range: Range<Int>) async throws -> [DatasetRow]
    /// Rows picked from anywhere in the file, in the order that they are asked for.
    public var pickedRows: @Sendable (_ path: String, _ rows: [Int]) async throws -> [DatasetRow]
    /// Runs the checks over the whole file.
    public var inspect: @Sendable (_ path: String) async throws -> [Finding]
    /// The next row whose text contains `needle`, from `start` on (itself included), around the end; nil when none does.
    public var find: @Sendable (_ path: String, _ needle: String, _ start: Int, _ forward: Bool) async throws -> Int?
    /// Writes one record in place of another, safely, and gives the new facts.
    public var replace: @Sendable (_ path: String, _ row: Int, _ record: Record) async throws -> DatasetFacts
    /// Adds a record at the end, safely, and gives the new facts.
    public var append: @Sendable (_ path: String, _ record: Record) async throws -> DatasetFacts

    public init(
        open: @escaping @Sendable (String) async throws -> DatasetFacts,
        rows: @escaping @Sendable (String, Range<Int>) async throws -> [DatasetRow],
        pickedRows: @escaping @Sendable (String, [Int]) async throws -> [DatasetRow],
        inspect: @escaping @Sendable (String) async throws -> [Finding],
        find: @escaping @Sendable (String, String, Int, Bool) async throws -> Int?,
        replace: @escaping @Sendable (String, Int, Record) async throws -> DatasetFacts,
        append: @escaping @Sendable (String, Record) async throws -> DatasetFacts
    ) {
        self.open = open
        self.rows = rows
        self.pickedRows = pickedRows
        self.inspect = inspect
        self.find = find
        self.replace = replace
        self.append = append
    }
}
