import Foundation

/// The file that unsaved edits lie in: frames, one behind the other, each with its length and checksum. What is written
/// stays as it is; more is added at the end.
struct Journal: Sendable {
    /// What a journal begins with; the digits are its version.
    static let magic = Array("TuneDeck edits 1\n".utf8)

    let path: String
    /// Bytes that count; others behind them are the rest of a write that failed.
    private(set) var end: Int
    private let file: JournalFile
    /// For reading the lines in it.
    let reader: SourceFile

    /// What a frame holds.
    enum Kind: UInt8 {
        /// Which file the edits belong to.
        case header = 1
        /// Lines, one behind the other, without line ends.
        case text
        /// Rows, tags, or both, as they were before the first edit.
        case start
        case edit
        case undo, redo
        /// The file is about to be replaced by the rows as they are now.
        case saving
        /// It was replaced, as the frame `saving` before had announced: all that follows speaks of the new file.
        case saved
    }

    /// Takes over an open file whose first bytes are sound.
    init(adopting descriptor: Int32, path: String, end: Int) throws(DataError) {
        self.path = path
        self.end = end
        file = JournalFile(descriptor)
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw PendingFile.failure(path) }
        var facts = stat()
        fstat(copy, &facts)
        reader = try SourceFile(adopting: copy, path: path, identity: FileIdentity(facts))
    }

    /// Makes a journal of a dataset with its first frames, in the place of any other of this name, and tells the history
    /// that they lead to.
    ///
    /// It comes to its name as the last step, when all of it is on the disk and was read again: there never is half a
    /// journal, and where this throws the one before is still in its place.
    static func make(
        _ path: String, _ header: JournalHeader, _ write: (JournalWriter) throws(DataError) -> Void
    ) throws(DataError) -> (Journal, History) {
        let pending = try PendingFile(for: path, mode: 0o600)
        let writer = JournalWriter(pending)
        try writer.add(.header, header.spelled)
        try write(writer)
        try writer.finish()
        let journal = try Journal(adopting: pending.adopt(), path: path, end: pending.count)
        var replay = JournalReplay(file: header.file, rows: header.rows)
        let end = try JournalScan(file: journal.reader).frames { frame throws(DataError) in try replay.add(frame) }
        guard end == journal.end else { throw .changedMeanwhile(file: path) }
        try pending.replace()
        return (journal, replay.history)
    }

    /// Adds frames; they are on the disk when this returns. When it throws, the journal is as it was.
    mutating func append(_ write: (JournalWriter) throws(DataError) -> Void) throws(DataError) {
        // What a failed write left behind must be gone first.
        try file.cut(to: end, path: path)
        let writer = JournalWriter(file, path: path, at: end)
        do throws(DataError) {
            try write(writer)
            try writer.finish()
            try file.sync(path: path)
        } catch {
            // Should this fail too, it is tried again before the next write.
            try? file.cut(to: end, path: path)
            throw error
        }
        end = writer.end
    }
}

/// The open file of a journal.
final class JournalFile: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Leaves out what stands behind a place, and goes on there.
    func cut(to end: Int, path: String) throws(DataError) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw PendingFile.failure(path) }
        // A journal that somebody emptied or cut must not get a hole.
        guard facts.st_size >= end else { throw .changedMeanwhile(file: path) }
        if facts.st_size > end {
            guard uninterrupted({ ftruncate(descriptor, off_t(end)) }) == 0 else { throw PendingFile.failure(path) }
        }
        guard lseek(descriptor, off_t(end), SEEK_SET) == off_t(end) else { throw PendingFile.failure(path) }
    }

    func write(_ buffer: ByteBuffer, path: String) throws(DataError) { try buffer.write(to: descriptor, path: path) }

    func sync(path: String) throws(DataError) {
        // Some network file systems cannot; the bytes are as safe there as they ever are.
        guard uninterrupted({ fsync(descriptor) }) == 0 || errno == EINVAL || errno == ENOTSUP else {
            throw PendingFile.failure(path)
        }
    }
}
