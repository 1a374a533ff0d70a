/// What a view needs to wrap and show a text without looking at all of it.
extension TextBuffer {
    /// The text between two places.
    public subscript(range: Range<Int>) -> String { store[range] }

    /// What is wrapped at one time around a place: a line, or a part of a very long one.
    public func stretch(around offset: Int) -> Range<Int> { store.stretch(around: max(0, min(offset, count))) }

    /// The stretch below; nil after the last.
    public func stretch(after stretch: Range<Int>) -> Range<Int>? {
        guard stretch.upperBound < count else { return nil }
        guard stretch.upperBound == store.lineEnd(stretch.upperBound) else {
            return store.stretch(around: stretch.upperBound)
        }
        return store.stretch(around: store.next(stretch.upperBound))
    }

    /// The stretch above; nil before the first.
    public func stretch(before stretch: Range<Int>) -> Range<Int>? {
        guard stretch.lowerBound > 0 else { return nil }
        return store.stretch(around: store.previous(stretch.lowerBound))
    }

    /// What ends the line of a stretch, when the stretch ends it: `\n`, `\r\n`, or nothing.
    public func ending(of stretch: Range<Int>) -> String {
        let end = stretch.upperBound
        guard end < count, end == store.lineEnd(end) else { return "" }
        return store[end..<store.next(end)]
    }

    /// Whether the same bytes stand here as in another buffer.
    public func hasText(of other: TextBuffer) -> Bool { store == other.store }

    public var lineCount: Int { store.line(of: count) + 1 }
}
