public import TuneModel

extension Draft {
    /// How things stand with the edits of a dataset.
    public struct Status: Equatable, Sendable {
        /// Whether the rows differ from those of the file.
        public var isChanged = false
        /// Rows that are not as they stand in the file, new ones included.
        public var editedRows = 0
        /// Rows of the file that are gone.
        public var removedRows = 0
        /// What would be undone, and done again: “delete 3 rows”.
        public var undo: Wording?
        public var redo: Wording?
        /// Why nothing can be edited; nil where it can.
        public var obstacle: DataError?
        public var conflict: Conflict?
        /// Tags in use, with how many rows bear each.
        public var tags: [String: Int] = [:]
        /// Bytes at the end of the journal that made no sense, and were left out: what a crash leaves, or a damaged
        /// disk.
        public var cutBytes = 0

        public init() {}

        public var isReadOnly: Bool { obstacle != nil }
    }

    /// How the file stopped being the one that the edits belong to.
    public enum Conflict: Hashable, Sendable {
        /// Others changed it while it was open here. The rows are still shown as edited.
        case changedMeanwhile
        /// Others changed it while it was not open here, and edits were left unsaved. The rows are shown as they stand in
        /// the file; nothing can be edited until it is said what becomes of so many changes.
        case stranded(changes: Int)
    }

    /// What an edit, or its taking back, came to.
    public struct Outcome: Hashable, Sendable {
        /// “delete 3 rows”; nil where there was nothing to do.
        public let title: Wording?
        /// Rows that were changed.
        public let count: Int
        /// Rows, as counted now, that are new or other than before.
        public let rows: RangeSet<Int>
        /// The row that the cursor belongs on; nil where it can stay.
        public let cursor: Int?
    }
}

extension DraftCore {
    var status: Draft.Status {
        var status = Draft.Status()
        let rope = history.rope
        status.isChanged = isChanged
        status.editedRows = rope.lines
        status.removedRows = file.index.rows - (rope.count - rope.lines)
        status.undo = history.last?.title.wording
        status.redo = history.next?.title.wording
        status.obstacle = obstacle
        status.tags = history.tags.counts
        status.cutBytes = cutBytes
        if let stranded {
            status.conflict = .stranded(changes: stranded.history.changes)
        } else if isOutdated {
            status.conflict = .changedMeanwhile
        }
        return status
    }
}

extension History {
    /// Edits that are in force.
    var changes: Int { current }
}
