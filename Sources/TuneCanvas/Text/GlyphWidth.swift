/// How many columns text takes on a terminal.
///
/// One table of our own decides, made by `.ci/glyph_table.py`; the C library's is older than the text people write,
/// differs between machines, and knows nothing of clusters.
public struct GlyphWidth: Hashable, Sendable {
    /// Columns of the characters that Unicode calls ambiguous (`…`, `─`, `①`): 1, or 2 on some East Asian terminals.
    public let ambiguous: Int

    public init(ambiguous: Int = 1) {
        self.ambiguous = ambiguous == 2 ? 2 : 1
    }

    public static let standard = GlyphWidth()

    /// Columns of text as a surface writes it: what may not be shown counts as its visible stand-in.
    public func columns(of text: some StringProtocol) -> Int {
        if let count = text.utf8.withContiguousStorageIfAvailable(Self.printableASCII) ?? nil { return count }
        var sum = 0
        for character in text {
            sum += columns(of: character)
        }
        return sum
    }

    /// Columns of one character as a surface writes it.
    public func columns(of character: Character) -> Int {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return 1 }
        guard let standIn = Sanitizer.standIn(for: character) else { return rawColumns(of: character) }
        return standIn.reduce(0) { $0 + rawColumns(of: $1) }
    }

    /// The longest beginning of `text` that fits into `width` columns, and the columns it takes.
    public func prefix(of text: Substring, fitting width: Int) -> (text: Substring, columns: Int) {
        var used = 0
        var end = text.startIndex
        while end < text.endIndex {
            let columns = columns(of: text[end])
            guard used + columns <= width else { break }
            used += columns
            end = text.index(after: end)
        }
        return (text[..<end], used)
    }

    // MARK: -

    /// Columns of a character that is safe to show.
    func rawColumns(of character: Character) -> Int {
        var scalars = character.unicodeScalars.makeIterator()
        guard let base = scalars.next() else { return 0 }
        let first = columns(of: base)
        guard let second = scalars.next() else { return first }
        return clusterColumns(base, first, second, &scalars)
    }

    private func columns(of scalar: Unicode.Scalar) -> Int {
        switch GlyphTable.kind(of: scalar) {
        case .narrow, .narrowEmoji: 1
        case .wide: 2
        case .ambiguous, .ambiguousEmoji: ambiguous
        case .zero, .hidden: 0
        }
    }

    /// A cluster is as wide as its parts, but what an emoji is joined with, tinted by or dressed in adds nothing.
    private func clusterColumns(
        _ base: Unicode.Scalar, _ first: Int, _ second: Unicode.Scalar,
        _ rest: inout Character.UnicodeScalarView.Iterator
    ) -> Int {
        if base.isRegionalIndicator && second.isRegionalIndicator { return 2 }
        var sum = first
        var next: Unicode.Scalar? = second
        let isEmoji = GlyphTable.kind(of: base).isEmoji || first == 2
        while let scalar = next {
            switch scalar.value {
            case 0xFE0F where GlyphTable.kind(of: base).isEmoji, 0x20E3: sum = max(sum, 2)
            case 0x200D where isEmoji: return 2
            case 0x1F3FB...0x1F3FF where isEmoji: sum = 2
            default: sum += columns(of: scalar)
            }
            next = rest.next()
        }
        return sum
    }

    /// The length of bytes that are all printable ASCII, nil when any is not.
    private static func printableASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? bytes.count : nil
    }
}

extension Unicode.Scalar {
    var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
