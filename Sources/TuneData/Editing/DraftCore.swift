import Foundation

/// What a draft holds while it is locked.
struct DraftCore: Sendable {
    let folder: DraftFolder
    let reading: ReadingOptions
    /// The file as it was opened, without edits.
    var file: Dataset
    /// Nil as long as nothing was edited.
    var journal: Journal?
    let lock: DraftLock?
    /// Why nothing can be edited; nil where it can.
    var obstacle: DataError?
    var history: History
    /// A journal that belongs to another state of the file; edits wait until it is said what becomes of them.
    var stranded: StrandedEdits?
    /// Whether the journal's last word is that the file is about to be replaced, and it was; its next frame has to say so.
    var owesSaved = false
    /// Bytes at the journal's end that made no sense.
    var cutBytes = 0
    /// Whether others changed the file since it was opened, when it was last looked at.
    var isOutdated = false

    init(
        _ file: Dataset, _ reading: ReadingOptions, journals: String, work: DataWork
    ) throws(DataError) {
        folder = DraftFolder(journals, of: file.path)
        self.file = file
        self.reading = reading
        history = History(rope: Rope(rows: file.count))
        var lock: DraftLock?
        do throws(DataError) {
            try folder.make()
            lock = try DraftLock.take(folder.lock)
            if lock == nil { obstacle = .heldElsewhere(file: file.path) } else { folder.clean() }
        } catch {
            // The dataset can be looked at all the same.
            obstacle = error
        }
        self.lock = lock
        try replay(work)
    }

    /// The rows as edited.
    var dataset: Dataset { Dataset(file, rows: history.rope, journal: journal?.reader) }

    var isChanged: Bool { !history.rope.isWhole(file.index.rows) }

    // MARK: - Editing

    mutating func apply(_ edit: RowEdit, work: DataWork) throws(DataError) -> Draft.Outcome {
        try checkWritable()
        // What is read from a file that others write into is not what was opened.
        guard file.original.isUnchanged else {
            isOutdated = true
            throw .savedByOthers(file: file.path)
        }
        if journal == nil { journal = try newJournal() }
        guard var journal else { preconditionFailure("it was just made") }
        let (dataset, rope, tags) = (dataset, history.rope, history.tags)
        var made: EditMaker?
        var place = 0..<0
        var content: [UInt8] = []
        let owesSaved = owesSaved
        try journal.append { writer throws(DataError) in
            if owesSaved { _ = try writer.add(.saved) }
            var maker = EditMaker(dataset, rope, tags, writer, work)
            try maker.make(edit)
            guard maker.count > 0 else { return }
            made = maker
            content = History.Change.spelled(
                EditTitle(kind: maker.kind, count: maker.count), cursor: maker.cursor, maker.tagChanges,
                maker.script.bytes)
            place = try writer.add(.edit, content)
        }
        self.journal = journal
        self.owesSaved = false
        guard let made else { return Draft.Outcome(title: nil, count: 0, rows: RangeSet(), cursor: nil) }
        guard let read = History.Change.read(content, at: place, tags: tags),
            let changed = rope.applying(made.script)
        else { preconditionFailure("what was just written can be read") }
        history.add(changed, read.change)
        return outcome(of: read.change, made.script, isForward: true)
    }

    mutating func undo() throws(DataError) -> Draft.Outcome? {
        guard let change = history.last else { return nil }
        try checkWritable()
        let script = try script(of: change)
        try journal?.append { writer throws(DataError) in
            if owesSaved { try writer.add(.saved) }
            try writer.add(.undo)
        }
        owesSaved = false
        _ = history.undo()
        return outcome(of: change, script, isForward: false)
    }

    mutating func redo() throws(DataError) -> Draft.Outcome? {
        guard let change = history.next else { return nil }
        try checkWritable()
        let script = try script(of: change)
        try journal?.append { writer throws(DataError) in
            if owesSaved { try writer.add(.saved) }
            try writer.add(.redo)
        }
        owesSaved = false
        _ = history.redo()
        return outcome(of: change, script, isForward: true)
    }

    // MARK: -

    func checkWritable() throws(DataError) {
        if let obstacle { throw obstacle }
        if stranded != nil { throw .editsStranded(file: file.path) }
    }

    func newJournal() throws(DataError) -> Journal {
        let header = JournalHeader(of: file, path: folder.path)
        return try Journal.make(folder.journal, header) { _ in }.0
    }

    func script(of change: History.Change) throws(DataError) -> Script {
        guard let journal else { return Script() }
        return Script(bytes: try journal.reader.bytes(in: change.script))
    }

    private func outcome(of change: History.Change, _ script: Script, isForward: Bool) -> Draft.Outcome {
        let places = script.places
        var rows = isForward ? places.after : places.before
        if script.bytes.isEmpty { rows = TagBook.positions(in: history.rope, of: change.tags.lazy.map(\.id)) }
        return Draft.Outcome(
            title: change.title.wording, count: change.title.count, rows: rows,
            cursor: isForward ? change.cursor.after : change.cursor.before)
    }
}

/// Edits that belong to a file that is no more as it was.
struct StrandedEdits: Sendable {
    let history: History
    let journal: Journal
    /// Rows that the file had.
    let rows: Int
}
