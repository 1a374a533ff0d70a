/// Text under a caret, edited grapheme by grapheme, with a selection and undo without end.
///
/// Places are offsets into the UTF-8. Lines end at `\n`; a return before it goes with it, so that text goes back out
/// byte for byte as it came in.
public struct TextBuffer: Hashable, Sendable {
    var store: TextStore
    private var history = EditHistory()
    /// Where the next letter goes: always between two graphemes.
    public private(set) var caret: Int
    /// The other end of the selection; nil when there is none.
    public private(set) var anchor: Int?
    /// Whether every movement extends the selection, as after the mark key.
    public private(set) var isMarking = false
    /// The column that movements by rows aim at, once one has begun.
    public private(set) var goal: Int?
    /// The first row that was last shown of a text that does not fit; any offset in it.
    public var top = 0
    /// Whether a line feed can be typed.
    public let allowsNewlines: Bool

    /// The caret stands at the end, or at the start of a text of several lines.
    public init(_ text: String = "", allowsNewlines: Bool = false) {
        self.allowsNewlines = allowsNewlines
        store = TextStore(text)
        caret = text.utf8.contains(0x0A) ? 0 : store.count
    }

    public var text: String { store.text }
    public var isEmpty: Bool { store.count == 0 }
    /// Bytes of the text, which is also the offset of its end.
    public var count: Int { store.count }

    /// The line and column of the caret.
    public var cursor: TextPosition {
        let line = store[store.lineStart(caret)..<caret]
        return TextPosition(line: store.line(of: caret), column: line.count)
    }

    public var selection: Range<Int>? {
        guard let anchor, anchor != caret else { return nil }
        return min(anchor, caret)..<max(anchor, caret)
    }

    /// Whether there is a selection, or a movement would begin one.
    public var isSelecting: Bool { isMarking || selection != nil }

    public var selectedText: String { selection.map { store[$0] } ?? "" }

    /// Counts the changes that are not taken back.
    var depth: Int { history.depth }

    /// What is typed next is a step of its own.
    mutating func pause() { history.pause() }

    /// Replaces everything, as one step that can be undone.
    public mutating func replace(with text: String) {
        change(0..<store.count, to: text, kind: nil)
    }

    /// The text that an edit puts on the clipboard; nil when it leaves that alone.
    public func taken(by edit: TextEdit) -> String? {
        let range: Range<Int>? =
            switch edit {
            case .cut, .copy: selection
            case .kill(let motion): deletion(motion)
            default: nil
            }
        guard let range, !range.isEmpty else { return nil }
        return store[range]
    }

    /// Carries out one edit; one that has nothing to do changes nothing.
    public mutating func apply(_ edit: TextEdit) {
        switch edit {
        case .insert(let text): insert(text)
        case .newline: if allowsNewlines { insert("\n") }
        case .move(let motion): move(motion)
        case .extend(let motion):
            if anchor == nil { anchor = caret }
            go(motion)
        case .delete(let motion): delete(motion, kind: motion == .left ? .back : motion == .right ? .forward : nil)
        case .kill(let motion): delete(motion, kind: nil)
        case .mark:
            isMarking = !isMarking
            anchor = isMarking ? caret : nil
        case .selectAll:
            anchor = 0
            go(.textEnd)
        case .deselect, .copy: deselect()
        case .cut: if let selection { change(selection, to: "", kind: nil) }
        // What there is to paste is known to the owner of the clipboard, who makes it an insertion.
        case .paste: break
        case .undo:
            if let step = history.undo() { swap(step.inserted, for: step.removed, at: step.at, caret: step.caret) }
        case .redo:
            if let step = history.redo() { swap(step.removed, for: step.inserted, at: step.at, caret: nil) }
        }
    }

    // MARK: -

    private mutating func move(_ motion: TextMotion) {
        if isMarking { return go(motion) }
        let selection = selection
        anchor = nil
        switch (motion, selection) {
        case (.left, let selection?): go(.to(selection.lowerBound))
        case (.right, let selection?): go(.to(selection.upperBound))
        default: go(motion)
        }
    }

    private mutating func go(_ motion: TextMotion) {
        caret = target(motion)
        if case .to(_, let goal) = motion { self.goal = goal } else { goal = nil }
        history.pause()
    }

    private mutating func deselect() {
        anchor = nil
        isMarking = false
    }

    private mutating func insert(_ text: String) {
        let text = allowsNewlines ? text : String(text.map { $0.isNewline ? " " : $0 })
        guard !text.isEmpty else { return }
        let isLetter = selection == nil && text.count == 1 && !text.contains { $0.isWhitespace }
        change(selection ?? caret..<caret, to: text, kind: isLetter ? .typing : nil)
    }

    private mutating func delete(_ motion: TextMotion, kind: EditHistory.Kind?) {
        change(deletion(motion), to: "", kind: selection == nil ? kind : nil)
    }

    /// What a deletion takes away.
    private func deletion(_ motion: TextMotion) -> Range<Int> {
        if let selection { return selection }
        var end = target(motion)
        // At the end of a line there is its line feed to take.
        if motion == .lineEnd, end == caret { end = store.next(caret) }
        return min(caret, end)..<max(caret, end)
    }

    private mutating func change(_ range: Range<Int>, to text: String, kind: EditHistory.Kind?) {
        guard !range.isEmpty || !text.isEmpty else { return }
        let step = EditHistory.Step(at: range.lowerBound, removed: store[range], inserted: text, caret: caret)
        history.note(step, kind: kind)
        swap(step.removed, for: text, at: step.at, caret: nil)
    }

    private mutating func swap(_ old: String, for new: String, at offset: Int, caret wanted: Int?) {
        store.replace(offset..<(offset + old.utf8.count), with: new)
        // A mark or a joiner makes one grapheme of what stood apart, and the caret may not be inside of it.
        caret = store.aligned(wanted ?? offset + new.utf8.count)
        top = min(top, store.count)
        goal = nil
        deselect()
    }

    private func target(_ motion: TextMotion) -> Int {
        switch motion {
        case .left: store.previous(caret)
        case .right: store.next(caret)
        case .wordLeft: wordStart
        case .wordRight: wordEnd
        case .lineStart: store.lineStart(caret)
        case .lineEnd: store.lineEnd(caret)
        case .textStart: 0
        case .textEnd: store.count
        case .to(let offset, _): store.aligned(offset)
        }
    }

    private var wordStart: Int {
        guard caret > store.lineStart(caret) else { return store.previous(caret) }
        let end = store.skipBack(from: caret) { WordClass(of: $0) == nil && !$0.isNewline }
        var kind: WordClass?
        return store.skipBack(from: end) { character in
            let here = WordClass(of: character)
            if kind == nil { kind = here }
            return here != nil && here == kind
        }
    }

    private var wordEnd: Int {
        guard caret < store.lineEnd(caret) else { return store.next(caret) }
        let start = store.skip(from: caret) { WordClass(of: $0) == nil && !$0.isNewline }
        var kind: WordClass?
        return store.skip(from: start) { character in
            let here = WordClass(of: character)
            if kind == nil { kind = here }
            return here != nil && here == kind
        }
    }
}
