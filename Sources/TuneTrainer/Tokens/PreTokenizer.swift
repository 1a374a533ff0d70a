/// How a text is cut into words, within which bytes are merged.
public enum PreTokenizer: String, Sendable {
    /// Contractions, then runs of letters, of numbers and of other signs, each with the space before it; white space.
    case gpt2 = "gpt-2"
    /// Every numeric character by itself, and what is between them as in `gpt2`.
    case smollm
    /// Letters with one sign before them, up to three numeric characters, other signs with the line breaks after them.
    case llama3 = "llama-bpe"
    /// As `llama3`, with numeric characters one by one.
    case qwen2

    /// By the name in GGUF files; several models share the same rules.
    init?(ggufName: String) {
        switch ggufName {
        case "gpt-2", "default": self = .gpt2
        case "smollm": self = .smollm
        case "llama-bpe", "llama3", "llama-v3", "falcon3": self = .llama3
        case "qwen2", "deepseek-r1-qwen": self = .qwen2
        default: return nil
        }
    }

    /// Calls `body` with each word of a valid UTF-8 text, in order; together they are the text.
    @inline(__always)
    func forEachWord(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
        switch self {
        case .gpt2:
            Self.cut(text, 0..<text.count, body)
        case .smollm:
            var start = 0
            var position = 0
            while position < text.count {
                let (scalar, length) = text.scalar(at: position)
                if ScalarClass(scalar) == .number {
                    Self.cut(text, start..<position, body)
                    body(position..<position + length)
                    start = position + length
                }
                position += length
            }
            Self.cut(text, start..<text.count, body)
        case .llama3:
            Self.cutModern(text, digits: 3, body)
        case .qwen2:
            Self.cutModern(text, digits: 1, body)
        }
    }

    /// Cuts one stretch as this expression would, the first alternative that fits:
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
    @inline(__always)
    private static func cut(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = wordEnd(text, start, range.upperBound)
            body(start..<end)
            start = end
        }
    }

    private static func wordEnd(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        if text[start] == UInt8(ascii: "'") {
            let length = contractionLength(text, start, end)
            if length > 0 { return start + length }
        }
        // A space goes with what follows it, unless that is white space.
        let first = text[start] == UInt8(ascii: " ") && start + 1 < end ? start + 1 : start
        let scalarClass = ScalarClass(text.scalar(at: first).scalar)
        if scalarClass == .space { return whiteSpaceEnd(text, start, end) }
        return runEnd(text, first, end, of: scalarClass)
    }

    /// The end of a run of white space, but for its last character when a word follows, which may want it.
    static func whiteSpaceEnd(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        var position = start
        var last = start
        while position < end {
            let (scalar, length) = text.scalar(at: position)
            guard ScalarClass(scalar) == .space else { return last > start ? last : position }
            last = position
            position += length
        }
        return end
    }

    @inline(__always)
    static func runEnd(
        _ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int, of scalarClass: ScalarClass
    ) -> Int {
        var position = start
        while position < end {
            let (scalar, length) = text.scalar(at: position)
            guard ScalarClass(scalar) == scalarClass else { break }
            position += length
        }
        return position
    }

    /// The length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d`, or 0.
    private static func contractionLength(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        guard start + 1 < end else { return 0 }
        switch text[start + 1] {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"):
            return start + 2 < end && text[start + 2] == UInt8(ascii: "e") ? 3 : 0
        case UInt8(ascii: "l"):
            return start + 2 < end && text[start + 2] == UInt8(ascii: "l") ? 3 : 0
        default: return 0
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The character that begins at `offset` of valid UTF-8, and its bytes.
    @inline(__always)
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let lead = UInt32(self[offset])
        if lead < 0x80 { return (Unicode.Scalar(UInt8(lead)), 1) }
        // The text is valid; the end is minded all the same, since nothing else would keep this within it.
        let length = Swift.min(lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, count - offset)
        var value = lead & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for index in 1..<length { value = value << 6 | UInt32(self[offset + index]) & 0x3F }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}
