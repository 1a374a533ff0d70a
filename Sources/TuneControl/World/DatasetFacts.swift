public import TuneModel

/// What is known of an open dataset without looking at its records one by one.
public struct DatasetFacts: Hashable, Sendable {
    /// The file's absolute path; it is what the dataset is known by.
    public var path: String
    public var shape: Record.Shape
    /// Those found so far, unsaved edits included.
    public var records: Int
    public var bytes: Int64
    /// Whether records can be written back into this file; else they are saved as another one.
    public var isEditable: Bool
    /// How much of the file has been looked through for rows, 0 to 1.
    public var share: Double
    public var edits: EditFacts

    public init(
        path: String, shape: Record.Shape, records: Int, bytes: Int64, isEditable: Bool = true, share: Double = 1,
        edits: EditFacts = EditFacts()
    ) {
        self.path = path
        self.shape = shape
        self.records = records
        self.bytes = bytes
        self.isEditable = isEditable
        self.share = share
        self.edits = edits
    }

    /// The file's name without its folder.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    /// Whether all rows are known.
    public var isWhole: Bool { share >= 1 }
}

/// What is known of the edits of a dataset that are not saved yet.
public struct EditFacts: Hashable, Sendable {
    /// Whether the dataset differs from its file.
    public var isChanged: Bool
    /// Rows that are changed or new.
    public var changedRows: Int
    /// What undo would take back; nil when there is nothing.
    public var undo: Wording?
    public var redo: Wording?
    /// Another program has the dataset open for editing.
    public var isReadOnly: Bool
    /// How many edits are left of a file that was changed by others since; nil for none. Nothing can be edited until it
    /// is said what becomes of them.
    public var stranded: Int?
    /// Tags in use, and how many rows have each.
    public var tags: [String: Int]

    public init(
        isChanged: Bool = false, changedRows: Int = 0, undo: Wording? = nil, redo: Wording? = nil,
        isReadOnly: Bool = false, stranded: Int? = nil, tags: [String: Int] = [:]
    ) {
        self.isChanged = isChanged
        self.changedRows = changedRows
        self.undo = undo
        self.redo = redo
        self.isReadOnly = isReadOnly
        self.stranded = stranded
        self.tags = tags
    }
}

/// One line of a dataset as it is shown.
public enum DatasetRow: Hashable, Sendable {
    case record(Record)
    /// A line that is no record: what it says, and why it cannot be read.
    case broken(text: String, why: Wording)
}

/// A line of a dataset with what is noted about it.
public struct SheetRow: Hashable, Sendable {
    public var content: DatasetRow
    /// Whether it differs from the file.
    public var isEdited: Bool
    public var tags: [String]
    /// Letters of all its texts together, counted once: of a long one at every frame would take longer than a key.
    public let length: Int

    public init(_ content: DatasetRow, isEdited: Bool = false, tags: [String] = []) {
        self.content = content
        length =
            switch content {
            case .record(let record): record.length
            case .broken(let text, _): text.count
            }
        self.isEdited = isEdited
        self.tags = tags
    }
}

extension Record {
    /// Letters of all its texts together.
    fileprivate var length: Int {
        func count(_ messages: [Message]) -> Int { messages.reduce(0) { $0 + $1.content.count } }
        return switch self {
        case .completion(let prompt, let completion): prompt.count + completion.count
        case .chat(let messages): count(messages)
        case .preference(let input, let preferred, let rejected): count(input) + count(preferred) + count(rejected)
        }
    }
}

/// What an edit has made of a dataset.
public struct EditOutcome: Hashable, Sendable {
    public var facts: DatasetFacts
    /// What was done, in a sentence's worth: `12 records changed`.
    public var summary: Wording
    /// Where the cursor belongs, from 0; nil leaves it.
    public var row: Int?
    /// Whether rows stand elsewhere than before.
    public var shifts: Bool

    public init(facts: DatasetFacts, summary: Wording, row: Int?, shifts: Bool) {
        self.facts = facts
        self.summary = summary
        self.row = row
        self.shifts = shifts
    }
}
