/// A text of any length as a row of short pieces, addressed by offsets into its UTF-8.
///
/// An edit rewrites only the pieces that it touches. A piece begins only where no grapheme can reach across, so that
/// the graphemes found within a piece are those of the whole text.
struct TextStore: Sendable {
    struct Piece: Sendable {
        let text: String
        let bytes: Int
        let newlines: Int
    }

    /// Never empty; only the single piece of an empty text has no bytes.
    private(set) var pieces: [Piece]
    /// Bytes of the whole text.
    private(set) var count: Int

    init(_ text: String) {
        pieces = Self.pieces(of: text)
        count = pieces.reduce(0) { $0 + $1.bytes }
    }

    var text: String {
        if pieces.count == 1 { return pieces[0].text }
        var text = ""
        text.reserveCapacity(count)
        for piece in pieces { text += piece.text }
        return text
    }

    /// The text between two offsets.
    subscript(range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        var (index, start) = locate(range.lowerBound)
        var text = ""
        while start < range.upperBound, index < pieces.count {
            let piece = pieces[index]
            let from = max(0, range.lowerBound - start)
            let to = min(piece.bytes, range.upperBound - start)
            text += piece.text.utf8Slice(from, to)
            start += piece.bytes
            index += 1
        }
        return text
    }

    mutating func replace(_ range: Range<Int>, with text: String) {
        var (first, firstStart) = locate(range.lowerBound)
        let (last, lastStart) = locate(range.upperBound)
        // What begins a piece must be known to stand apart from what ends the one before it.
        if range.lowerBound == firstStart, first > 0 {
            first -= 1
            firstStart -= pieces[first].bytes
        }
        let head = pieces[first].text.utf8Slice(0, range.lowerBound - firstStart)
        let tail = pieces[last].text.utf8Slice(range.upperBound - lastStart, pieces[last].bytes)
        pieces.replaceSubrange(first...last, with: Self.pieces(of: head + text + tail))
        count += text.utf8.count - range.count
    }

    /// The piece that an offset is in, the last one for the end of the text; and where the piece begins.
    func locate(_ offset: Int) -> (piece: Int, start: Int) {
        var start = 0
        let last = pieces.count - 1
        for index in 0..<last {
            let end = start + pieces[index].bytes
            if offset < end { return (index, start) }
            start = end
        }
        return (last, start)
    }

    // MARK: - Cutting

    /// Short enough to be rewritten at every key, long enough that a large text has few.
    private static let pieceBytes = 2048

    private static func pieces(of text: String) -> [Piece] {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.count
        guard bytes > pieceBytes * 2 else { return [Piece(text)] }
        var pieces: [Piece] = []
        pieces.reserveCapacity(bytes / pieceBytes + 1)
        let scalars = text.unicodeScalars
        var start = text.startIndex
        while let aim = text.utf8.index(start, offsetBy: pieceBytes, limitedBy: text.endIndex), aim < text.endIndex {
            var end = scalars.index(after: scalars.index(before: aim))
            while end < text.endIndex, !GraphemeEdge.parts(scalars[scalars.index(before: end)], scalars[end]) {
                end = scalars.index(after: end)
            }
            pieces.append(Piece(String(text[start..<end])))
            start = end
        }
        if start < text.endIndex { pieces.append(Piece(String(text[start...]))) }
        return pieces
    }
}

extension TextStore.Piece {
    init(_ text: String) {
        self.text = text
        bytes = text.utf8.count
        var text = text
        newlines = text.withUTF8 { bytes in bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
    }
}

/// Two stores are the same when their texts are, byte for byte, however they are cut.
extension TextStore: Hashable {
    static func == (a: TextStore, b: TextStore) -> Bool {
        guard a.count == b.count else { return false }
        if a.pieces.count == b.pieces.count,
            zip(a.pieces, b.pieces).allSatisfy({ $0.text.utf8.elementsEqual($1.text.utf8) })
        {
            return true
        }
        return a.text.utf8.elementsEqual(b.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(count)
    }
}

extension String {
    /// The part between two offsets into the UTF-8, both between scalars.
    func utf8Slice(_ from: Int, _ to: Int) -> Substring {
        self[utf8.index(startIndex, offsetBy: from)..<utf8.index(startIndex, offsetBy: to)]
    }
}
