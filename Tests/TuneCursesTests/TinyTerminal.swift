import TuneCanvas

/// As much of a terminal as the frames need, with its own idea of some widths.
nonisolated struct TinyTerminal {
    private(set) var cursor = Point.zero
    private(set) var isCursorShown = true
    private var surface: Surface
    /// Glyphs that this terminal takes for one column wide.
    private let narrow: Set<Character>

    init(size: Size, narrow: Set<Character> = []) {
        surface = Surface(size: size)
        self.narrow = narrow
    }

    var rows: [String] { FrameText(surface).glyphs }

    mutating func receive(_ bytes: [UInt8]) {
        var text = String(decoding: bytes, as: UTF8.self)[...]
        while let character = text.popFirst() {
            guard character == "\u{1B}" else {
                show(character)
                continue
            }
            text.removeFirst()
            let parameters = text.prefix { $0.isNumber || $0 == ";" || $0 == "?" }
            text = text.dropFirst(parameters.count)
            command(text.removeFirst(), String(parameters))
        }
    }

    // MARK: -

    private mutating func show(_ character: Character) {
        let columns = narrow.contains(character) ? 1 : GlyphWidth.standard.columns(of: character)
        surface[cursor] = Cell(glyph: character, columns: columns)
        cursor.x += columns
    }

    private mutating func command(_ final: Character, _ parameters: String) {
        let numbers = parameters.split(separator: ";").compactMap { Int($0) }
        switch (final, parameters) {
        case ("H", _): cursor = Point(x: numbers[1] - 1, y: numbers[0] - 1)
        case ("J", _): surface.fill(surface.bounds)
        case ("K", _): surface.fill(Rect(x: cursor.x, y: cursor.y, width: surface.size.width - cursor.x, height: 1))
        case ("h", "?25"): isCursorShown = true
        case ("l", "?25"): isCursorShown = false
        default: break
        }
    }
}

/// Chance that is the same in every run.
nonisolated struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
