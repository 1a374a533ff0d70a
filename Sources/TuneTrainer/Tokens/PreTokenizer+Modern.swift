extension PreTokenizer {
    /// Cuts a text as this expression would, the first alternative that fits; `digits` is the most in one word:
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`.
    @inline(__always)
    static func cutModern(_ text: UnsafeRawBufferPointer, digits: Int, _ body: (Range<Int>) -> Void) {
        var start = 0
        while start < text.count {
            let end = modernWordEnd(text, start, digits: digits)
            body(start..<end)
            start = end
        }
    }

    private static func modernWordEnd(_ text: UnsafeRawBufferPointer, _ start: Int, digits: Int) -> Int {
        let end = text.count
        if text[start] == UInt8(ascii: "'") {
            let length = anyCaseContractionLength(text, start)
            if length > 0 { return start + length }
        }
        let (scalar, length) = text.scalar(at: start)
        let scalarClass = ScalarClass(scalar)
        switch scalarClass {
        case .letter: return runEnd(text, start, end, of: .letter)
        case .number:
            var position = start + length
            var count = 1
            while count < digits, position < end {
                let (scalar, length) = text.scalar(at: position)
                guard ScalarClass(scalar) == .number else { break }
                position += length
                count += 1
            }
            return position
        case .space, .other: break
        }
        let next = start + length
        let isLineBreak = scalar == "\r" || scalar == "\n"
        if !isLineBreak, next < end, ScalarClass(text.scalar(at: next).scalar) == .letter {
            return runEnd(text, next, end, of: .letter)
        }
        let first = scalar == " " && next < end ? next : start
        if ScalarClass(text.scalar(at: first).scalar) == .other {
            var position = runEnd(text, first, end, of: .other)
            while position < end, text[position] == 0x0D || text[position] == 0x0A { position += 1 }
            return position
        }
        return lineBreakEnd(text, start) ?? whiteSpaceEnd(text, start, end)
    }

    /// After the last line break of the white space at `start`; nil when it has none.
    private static func lineBreakEnd(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var position = start
        var found: Int?
        while position < text.count {
            let (scalar, length) = text.scalar(at: position)
            guard ScalarClass(scalar) == .space else { break }
            position += length
            if scalar == "\r" || scalar == "\n" { found = position }
        }
        return found
    }

    /// The length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` in small or capital letters, or 0.
    private static func anyCaseContractionLength(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int {
        func letter(_ offset: Int) -> UInt8 {
            let place = start + offset
            return place < text.count && text[place] < 0x80 ? text[place] | 0x20 : 0
        }
        switch letter(1) {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"): return letter(2) == UInt8(ascii: "e") ? 3 : 0
        case UInt8(ascii: "l"): return letter(2) == UInt8(ascii: "l") ? 3 : 0
        default:
            // The long s is an s without its case.
            let isLongS = start + 2 < text.count && text[start + 1] == 0xC5 && text[start + 2] == 0xBF
            return isLongS ? 3 : 0
        }
    }
}
