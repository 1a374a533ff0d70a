import Foundation

/// How a journal that was left behind is taken up again.
extension DraftCore {
    mutating func replay(_ work: DataWork) throws(DataError) {
        let isMine = lock != nil
        let descriptor = uninterrupted {
            open(folder.journal, (isMine ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW)
        }
        guard descriptor >= 0 else {
            if errno != ENOENT { obstacle = obstacle ?? PendingFile.failure(folder.journal) }
            return
        }
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw PendingFile.failure(folder.journal) }
        let source = try SourceFile(adopting: copy, path: folder.journal, identity: file.original.identity)
        var replay = JournalReplay(file: FileStamp(file.original.identity), rows: file.index.rows)
        let end = try JournalScan(file: source).frames { frame throws(DataError) in
            try work.checkpoint(Double(frame.range.upperBound) / Double(max(source.size, 1)))
            return try replay.add(frame)
        }
        guard let end, replay.header != nil else {
            close(descriptor)
            try setAside(source)
            return
        }
        cutBytes = source.size - end
        let journal = try Journal(adopting: descriptor, path: folder.journal, end: end)
        if replay.isOfFile {
            self.journal = journal
            history = replay.history
            owesSaved = replay.owesSaved
        } else if replay.history.rope.isWhole(replay.baseRows) {
            // Nothing was left unsaved; only the tags are to be found again.
            try carryOver(replay.history.tags, work: work)
        } else {
            stranded = StrandedEdits(history: replay.history, journal: journal, rows: replay.baseRows)
        }
    }

    /// Puts a journal away that cannot be read, where it does not stand in the way of another.
    private mutating func setAside(_ source: SourceFile) throws(DataError) {
        let head = try source.head(Journal.magic.count)
        if head.count == Journal.magic.count, head.starts(with: Journal.magic.dropLast(2)), head != Journal.magic {
            obstacle = obstacle ?? .journalTooNew(file: file.path)
            return
        }
        cutBytes = source.size
        guard lock != nil, rename(folder.journal, folder.damaged) != 0, obstacle == nil else { return }
        obstacle = PendingFile.failure(folder.journal)
    }

    /// Begins anew on the file as it is, with the tags of rows that say the same as before.
    mutating func carryOver(_ tags: TagBook, work: DataWork) throws(DataError) {
        var wanted: [Digest: [TagBook.Entry]] = [:]
        for entry in tags.entries.values { wanted[entry.digest, default: []].append(entry) }
        var found: [(id: RowID, after: TagBook.Entry?)] = []
        if !wanted.isEmpty {
            try file.walk(work: work) { line, row throws(DataError) in
                let digest = Digest(line.bytes)
                guard let entry = wanted[digest]?.popLast() else { return true }
                found.append((Piece(rows: row..<row + 1).id, entry))
                return true
            }
        }
        try beginAnew(found)
    }

    /// A journal and a history with nothing but tags.
    mutating func beginAnew(_ tags: [(id: RowID, after: TagBook.Entry?)]) throws(DataError) {
        var book = TagBook()
        book.make(tags.map { TagBook.Change(id: $0.id, before: nil, after: $0.after) })
        if lock != nil, tags.isEmpty {
            guard unlink(folder.journal) == 0 || errno == ENOENT else { throw PendingFile.failure(folder.journal) }
            journal = nil
        } else if lock != nil {
            let rope = Rope(rows: file.count)
            (journal, _) = try Journal.make(folder.journal, JournalHeader(of: file, path: folder.path)) {
                writer throws(DataError) in
                try writer.add(.start, JournalReplay.start(rope, tags))
            }
        }
        history = History(rope: Rope(rows: file.count), tags: book)
        stranded = nil
        owesSaved = false
        cutBytes = 0
    }
}

/// Goes through the frames of a journal, and comes to the state that they lead to.
struct JournalReplay {
    /// The file as it is now.
    let file: FileStamp
    let rows: Int

    private(set) var header: JournalHeader?
    private(set) var history = History(rope: Rope())
    /// Whether the history is that of the file as it is now.
    private(set) var isOfFile = false
    /// Rows of the file that the history belongs to.
    private(set) var baseRows = 0
    /// Whether the last frame announces the file as it is now.
    private(set) var owesSaved = false
    private var isBeforeEdits = true

    init(file: FileStamp, rows: Int) {
        self.file = file
        self.rows = rows
    }

    /// False for a frame that makes no sense where it stands.
    mutating func add(_ frame: JournalScan.Frame) throws(DataError) -> Bool {
        guard header != nil else {
            guard frame.kind == .header, let read = JournalHeader(frame.content) else { return false }
            header = read
            isOfFile = read.file == file && read.rows == rows
            history = History(rope: Rope(rows: read.rows))
            baseRows = read.rows
            return true
        }
        switch frame.kind {
        case .header: return false
        case .text: return true
        case .start:
            var reader = FieldReader(frame.content)
            guard isBeforeEdits, let tags = TagBook.read(&reader),
                let rope = Rope().applying(Script(bytes: reader.rest()))
            else { return false }
            var book = TagBook()
            book.make(tags.map { TagBook.Change(id: $0.id, before: nil, after: $0.after) })
            history = History(rope: rope, tags: book)
        case .edit:
            guard let read = History.Change.read(frame.content, at: frame.range, tags: history.tags),
                let rope = history.rope.applying(read.script)
            else { return false }
            history.add(rope, read.change)
        case .undo: return history.undo() != nil
        case .redo: return history.redo() != nil
        case .saving:
            var reader = FieldReader(frame.content)
            guard let saved = FileStamp(&reader) else { return false }
            // The file was replaced, and that was the last that could be written.
            if saved == file, !isOfFile, history.rope.count == rows {
                isOfFile = true
                owesSaved = true
                settle()
            }
        case .saved:
            owesSaved = false
            settle()
        }
        isBeforeEdits = false
        return true
    }

    /// The rows are now those of the file.
    private mutating func settle() {
        history = history.saved()
        baseRows = history.rope.count
    }

    /// What the frame before the first edit holds.
    static func start(_ rope: Rope, _ tags: [(id: RowID, after: TagBook.Entry?)]) -> [UInt8] {
        var bytes: [UInt8] = []
        TagBook.spell(tags, into: &bytes)
        var script = Script()
        rope.forEachPiece { piece, _ in script.add(piece.isLine ? .line(piece.bytes) : .rows(piece.rows)) }
        return bytes + script.bytes
    }
}

extension History {
    /// The same rows, and their tags, as those of a file that they were saved to; what was before is gone.
    func saved() -> History {
        var book = TagBook()
        book.make(tagsWhenSaved().map { TagBook.Change(id: $0.id, before: nil, after: $0.after) })
        return History(rope: Rope(rows: rope.count), tags: book)
    }

    /// The tags by the rows of the file that the rows are saved to.
    func tagsWhenSaved() -> [(id: RowID, after: TagBook.Entry?)] {
        let places = TagBook.positions(in: rope, of: tags.entries.keys)
        var cursor = RopeCursor(rope)
        var at = 0
        var saved: [(id: RowID, after: TagBook.Entry?)] = []
        for range in places.ranges {
            for place in range {
                cursor.take(place - at) { _ in }
                at = place
                guard let id = cursor.piece?.id, let entry = tags.entries[id] else { continue }
                saved.append((Piece(rows: place..<place + 1).id, entry))
            }
        }
        return saved
    }
}
