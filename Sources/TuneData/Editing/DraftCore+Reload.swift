/// What becomes of edits when others changed the file.
extension DraftCore {
    /// Goes on with the file as it is now: without the edits, or with them made again.
    mutating func reload(keepingEdits: Bool, work: DataWork) throws(DataError) -> Draft.Reloading {
        if let obstacle { throw obstacle }
        let theirs = try Dataset(opening: file.path, reading: reading, work: work.stretch(0...0.4))
        let (old, oldJournal) = (stranded?.history ?? history, stranded?.journal ?? journal)
        let work = work.stretch(0.4...1)
        guard keepingEdits, let oldJournal else {
            let before = file
            file = theirs
            do throws(DataError) {
                try carryOver(old.tags, work: work)
            } catch {
                file = before
                throw error
            }
            isOutdated = false
            return Draft.Reloading(changes: 0, unplaced: 0, unplacedTexts: [])
        }
        // A file that was replaced is still there for who has it open; one that was written into is not.
        let readable = stranded == nil && file.original.isUnchanged ? file : nil
        let rows = stranded?.rows ?? file.index.rows
        let merge = try EditMerge(old, oldJournal, rows: rows, readable, theirs, work: work)
        let header = JournalHeader(of: theirs, path: folder.path)
        var outcome = Draft.Reloading(changes: 0, unplaced: 0, unplacedTexts: [])
        let (fresh, told) = try Journal.make(folder.journal, header) { writer throws(DataError) in
            outcome = try merge.write(to: writer, tags: old.tags)
        }
        (file, journal, history, stranded, owesSaved) = (theirs, fresh, told, nil, false)
        (isOutdated, cutBytes) = (false, 0)
        return outcome
    }
}

extension Draft {
    /// What became of the edits on a file that others changed.
    public struct Reloading: Hashable, Sendable {
        /// Rows that were changed, added or taken out again.
        public var changes: Int
        /// Changed rows whose like is not in the file any more, so that the change has no place.
        public var unplaced: Int
        /// How those read, the first hundred.
        public var unplacedTexts: [String]
    }

    /// Goes on with the file as others left it. Edits that are kept are made again, as one that can be undone, where the
    /// rows that they changed still stand; else they are dropped. Tags stay on rows that say the same as before.
    @discardableResult
    public func reload(keepingEdits: Bool, work: DataWork = .quiet) throws(DataError) -> Reloading {
        try withCore { core throws(DataError) in try core.reload(keepingEdits: keepingEdits, work: work) }
    }
}
