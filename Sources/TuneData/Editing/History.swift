/// The states that the rows went through, and the one they are in.
struct History: Sendable {
    /// What led from one state to the next.
    struct Change: Sendable {
        let title: EditTitle
        /// Where its script stands in the journal.
        let script: Range<Int>
        let tags: [TagBook.Change]
        /// Where the cursor belongs before and after it.
        let cursor: (before: Int, after: Int)
    }

    struct Moment: Sendable {
        let rope: Rope
        /// What led here; nil for the first.
        let change: Change?
    }

    private(set) var moments: [Moment]
    private(set) var current = 0
    private(set) var tags: TagBook

    init(rope: Rope, tags: TagBook = TagBook()) {
        moments = [Moment(rope: rope, change: nil)]
        self.tags = tags
    }

    var rope: Rope { moments[current].rope }
    /// What would be undone.
    var last: Change? { moments[current].change }
    /// What would be done again.
    var next: Change? { current + 1 < moments.count ? moments[current + 1].change : nil }

    /// Goes on from here; what was undone before is gone.
    mutating func add(_ rope: Rope, _ change: Change) {
        moments.removeSubrange((current + 1)...)
        moments.append(Moment(rope: rope, change: change))
        current += 1
        tags.make(change.tags)
    }

    mutating func undo() -> Change? {
        guard let change = last else { return nil }
        current -= 1
        tags.takeBack(change.tags)
        return change
    }

    mutating func redo() -> Change? {
        guard let change = next else { return nil }
        current += 1
        tags.make(change.tags)
        return change
    }
}

extension History.Change {
    /// As it stands in the journal; the script comes last.
    static func spelled(
        _ title: EditTitle, cursor: (before: Int, after: Int), _ tags: [(id: RowID, after: TagBook.Entry?)],
        _ script: [UInt8]
    ) -> [UInt8] {
        var bytes: [UInt8] = [title.kind.rawValue]
        for number in [title.count, cursor.before, cursor.after] { bytes.append(varint: UInt64(max(0, number))) }
        TagBook.spell(tags, into: &bytes)
        return bytes + script
    }

    /// Reads what stands at a place of the journal; nil where it is no edit.
    static func read(
        _ content: [UInt8], at place: Range<Int>, tags book: TagBook
    ) -> (change: History.Change, script: Script)? {
        var reader = FieldReader(content)
        guard let kind = reader.byte().flatMap(EditTitle.Kind.init), let count = reader.count(),
            let before = reader.count(), let after = reader.count(), let tags = TagBook.read(&reader)
        else { return nil }
        let script = place.lowerBound + reader.position..<place.upperBound
        let change = History.Change(
            title: EditTitle(kind: kind, count: count), script: script,
            tags: tags.map { TagBook.Change(id: $0.id, before: book.entries[$0.id], after: $0.after) },
            cursor: (before, after))
        return (change, Script(bytes: reader.rest()))
    }
}
