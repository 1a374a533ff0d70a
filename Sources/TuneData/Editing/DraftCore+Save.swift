import Foundation

/// How edited rows come into a file.
extension DraftCore {
    mutating func save(_ manner: SaveManner, work: DataWork) throws(DataError) {
        switch manner {
        case .copy(let path): try copy(to: path, work: work)
        case .ifUnchanged: try save(overwrites: false, work: work)
        case .overwrite: try save(overwrites: true, work: work)
        }
    }

    private func copy(to path: String, work: DataWork) throws(DataError) {
        let out = try PendingFile(for: path)
        try RowsWriter.write(history.rope, of: file, journal: journal?.reader, to: out, work: work)
        try out.sync()
        guard try out.publish() else { throw .nameTaken(file: path) }
    }

    private mutating func save(overwrites: Bool, work: DataWork) throws(DataError) {
        try checkWritable()
        guard file.isEditable else {
            let ending = file.isPacked ? "gz" : file.format.rawValue
            throw .needsOtherName(file: file.path, extension: ending, name: Self.otherName(file.path))
        }
        try checkCurrent(overwrites)
        guard isChanged || isOutdated else { return }
        // The rows that were not touched are read from what was opened.
        guard file.original.isUnchanged else { throw .originalGone(file: file.path) }
        let out = try SavedFile.begin(at: folder.path, like: file.original)
        try RowsWriter.write(history.rope, of: file, journal: journal?.reader, to: out, work: work.stretch(0...0.6))
        try out.sync()
        let written = try out.reader()
        let index = try LineIndex(of: written, work: work.stretch(0.6...0.8))
        // A row that is nothing but a byte-order mark would be none at the head of the file.
        guard index.rows == history.rope.count else { throw .emptyRow(file: file.path) }
        try checkCurrent(overwrites)
        // Whoever takes up the journal after a crash sees by this that the file is the one with the edits.
        if journal == nil { journal = try newJournal() }
        let stamp = FileStamp(written.identity)
        try journal?.append { writer throws(DataError) in
            if owesSaved { try writer.add(.saved) }
            try writer.add(.saving, stamp.spelled)
        }
        owesSaved = false
        try checkCurrent(overwrites)
        try out.replace()
        settle(Dataset(file, savedAs: written, index: index), work: work.stretch(0.8...1))
    }

    /// Nobody else has changed the file, or that does not matter.
    private mutating func checkCurrent(_ overwrites: Bool) throws(DataError) {
        isOutdated = !file.isCurrent
        guard overwrites || !isOutdated else { throw .savedByOthers(file: file.path) }
    }

    /// Goes on with the file that was saved. The rows are safe by now, so that nothing here makes the saving fail.
    private mutating func settle(_ saved: Dataset, work: DataWork) {
        let recoding = JournalRecoding(history: history, file: file, journal: journal?.reader, saved: saved)
        let header = JournalHeader(of: saved, path: folder.path)
        // A look at what nobody waits for any more would end here in the middle.
        let silent = DataWork(report: work.report, isCancelled: { false })
        isOutdated = false
        do throws(DataError) {
            let (fresh, told) = try Journal.make(folder.journal, header) { writer throws(DataError) in
                try recoding.write(to: writer, work: silent)
            }
            (file, journal, history, owesSaved) = (saved, fresh, told, false)
        } catch {
            // The old journal says by its last frame that it belongs to the saved file; what was before is gone.
            (file, history, owesSaved) = (saved, history.saved(), true)
        }
    }

    /// Beside the file, under a name that nothing has yet.
    static func otherName(_ path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let name = Format.unpackedName(path)
        let stem = name.lastIndex(of: ".").map { $0 > name.startIndex ? String(name[..<$0]) : name } ?? name
        var number = 1
        while true {
            let other = folder + stem + (number == 1 ? "" : "-\(number)") + ".jsonl"
            if access(other, F_OK) != 0 { return other }
            number += 1
        }
    }
}

/// Where edited rows are saved to.
public enum SaveManner: Hashable, Sendable {
    /// To the file they were read from, unless others changed it meanwhile.
    case ifUnchanged
    /// To the file they were read from; what others did to it meanwhile is lost.
    case overwrite
    /// To a file that does not exist yet. The edits stay unsaved where they were made.
    case copy(to: String)
}

extension Draft {
    /// Writes the rows as edited. The file is replaced at one stroke, whole, and all that was not edited is as it was,
    /// byte for byte; what was done before can still be undone. When it throws, the file and the edits are as before.
    public func save(_ manner: SaveManner = .ifUnchanged, work: DataWork = .quiet) throws(DataError) {
        try withCore { core throws(DataError) in try core.save(manner, work: work) }
    }
}
