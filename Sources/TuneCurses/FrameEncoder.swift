import TuneCanvas

/// Turns frames into the bytes that paint them.
///
/// ncurses reads the keys and sets the modes, but does not draw: measured with 6.4, it passes bidirectional overrides
/// on, takes new emoji for width −1 and prints a blank, splits joined emoji, and leaves half of a wide glyph behind
/// when something covers the other half. Here the surface has settled all widths already, and the cursor is placed
/// anew after every glyph about which a terminal might think otherwise, so that an error stays within that glyph.
nonisolated struct FrameEncoder {
    private let colors: CursesColors
    private let glyphs: GlyphEncoder
    private var style: Style?
    /// Where the terminal's cursor stands as far as is certain.
    private var position: Point?
    /// The cursor that was asked for last; nil before the first frame.
    private var shownCursor: Point??
    /// Where the cursor was shown last.
    private var caret: Point?
    private var out = ""

    init(traits: TerminalTraits) {
        colors = CursesColors(traits: traits)
        glyphs = GlyphEncoder(drawsClusters: traits.drawsClusters)
    }

    /// Forgets what the terminal shows and how it is set.
    mutating func reset() {
        style = nil
        position = nil
        shownCursor = nil
    }

    /// The bytes that show a frame, none when nothing changed.
    ///
    /// - Parameter cursor: where the cursor is shown. While it is nil the cursor is hidden, but stays where it was,
    ///   which is where an input method opens its window.
    mutating func encode(_ diff: FrameDiff, cursor: Point?) -> [UInt8] {
        guard !diff.isEmpty || shownCursor != .some(cursor) else { return [] }
        // Between these two the terminal holds the picture back, so that no half of a frame is seen.
        out = "\u{1B}[?2026h"
        if !diff.isEmpty { draw(diff) }
        place(cursor)
        out += "\u{1B}[?2026l"
        return Array(out.utf8)
    }

    // MARK: -

    private mutating func draw(_ diff: FrameDiff) {
        out += "\u{1B}[?25l"
        if diff.isWhole {
            style = nil
            position = nil
            select(.plain)
            out += "\u{1B}[2J"
        }
        for run in diff.runs where !(diff.isWhole && isBlank(run.cells[...], run.style)) {
            draw(run, width: diff.frame.size.width)
        }
    }

    private mutating func draw(_ run: FrameDiff.Run, width: Int) {
        var cells = run.cells[...]
        let reachesEnd = run.origin.x + run.columns == width
        var blanks = 0
        if reachesEnd, run.style.background == .default, run.style.attributes.isDisjoint(with: [.underline, .reverse]) {
            while cells.last?.glyph == " " {
                cells.removeLast()
                blanks += 1
            }
        }
        // Erasing is shorter than many spaces, and the same on the terminal's own background.
        if blanks <= 4 { cells = run.cells[...] }
        move(to: run.origin)
        select(run.style)
        var x = run.origin.x
        for cell in cells {
            put(cell, at: Point(x: x, y: run.origin.y))
            x += Int(cell.columns)
        }
        guard blanks > 4 else { return }
        move(to: Point(x: x, y: run.origin.y))
        out += "\u{1B}[K"
    }

    private mutating func put(_ cell: Cell, at point: Point) {
        move(to: point)
        let (text, isCertain) = glyphs.encode(cell)
        if !isCertain, cell.columns > 1 {
            // Should the glyph turn out narrower, the columns it leaves are blank and not old.
            out += String(repeating: " ", count: Int(cell.columns))
            position = nil
            move(to: point)
        }
        out += text
        position = isCertain ? point.moved(x: Int(cell.columns)) : nil
    }

    private mutating func place(_ cursor: Point?) {
        caret = cursor ?? caret
        if let caret { move(to: caret) }
        out += cursor == nil ? "\u{1B}[?25l" : "\u{1B}[?25h"
        shownCursor = .some(cursor)
    }

    private mutating func move(to point: Point) {
        guard position != point else { return }
        out += "\u{1B}[\(point.y + 1);\(point.x + 1)H"
        position = point
    }

    private mutating func select(_ wanted: Style) {
        guard style != wanted else { return }
        out += colors.sequence(for: wanted)
        style = wanted
    }

    private func isBlank(_ cells: ArraySlice<Cell>, _ style: Style) -> Bool {
        style.background == .default && style.attributes.isDisjoint(with: [.underline, .reverse])
            && cells.allSatisfy { $0.glyph == " " }
    }
}
