import Testing
import TuneCanvas

@testable import TuneCurses

@Suite struct FrameEncoderTests {
    private func paint(_ frames: [Surface], cursor: Point? = nil, terminal: inout TinyTerminal) {
        var encoder = FrameEncoder(traits: TerminalTraits(depth: .trueColor, drawsClusters: true))
        var last: Surface?
        for frame in frames {
            terminal.receive(encoder.encode(FrameDiff(from: last, to: frame), cursor: cursor))
            last = frame
        }
    }

    @Test func theTerminalShowsEveryFrameWhateverCameBefore() {
        let pieces = ["中文", "ascii", "👨‍👩‍👧", "e\u{301}", "🫨x", "   ", "─…", "❤️", "한글"]
        let styles = [
            Style.plain, Style(foreground: .hex(0x112233)), Style(background: .indexed(4)), Style(attributes: .reverse),
        ]
        var random = SplitMix(state: 7)
        var frame = Surface(size: Size(width: 24, height: 6))
        var encoder = FrameEncoder(traits: TerminalTraits(depth: .trueColor, drawsClusters: true))
        var terminal = TinyTerminal(size: frame.size)
        var last: Surface?
        for round in 0..<300 {
            let point = Point(x: Int.random(in: -2..<26, using: &random), y: Int.random(in: 0..<6, using: &random))
            let style = styles.randomElement(using: &random)!
            frame.write(pieces.randomElement(using: &random)!, at: point, style: style, overflow: .cut)
            if round % 7 == 0 { frame.fill(Rect(x: point.x, y: point.y, width: 20, height: 1), style: style) }
            if round % 50 == 0 { last = nil }
            terminal.receive(encoder.encode(FrameDiff(from: last, to: frame), cursor: nil))
            last = frame
            if terminal.rows != FrameText(frame).glyphs {
                Issue.record("round \(round)\n\(terminal.rows)\n\(FrameText(frame).glyphs)")
                return
            }
        }
    }

    @Test func aGlyphThatTheTerminalTakesForNarrowShiftsNothing() {
        var frame = Surface(size: Size(width: 12, height: 1))
        frame.write("a🫨b中c", at: .zero)
        var terminal = TinyTerminal(size: frame.size, narrow: ["🫨"])
        paint([frame], terminal: &terminal)
        #expect(terminal.rows == ["a🫨 b中c"])
    }

    @Test func nothingIsSentWhenNothingChanged() {
        var encoder = FrameEncoder(traits: TerminalTraits())
        let frame = Surface(size: Size(width: 5, height: 1))
        _ = encoder.encode(FrameDiff(from: nil, to: frame), cursor: Point(x: 1, y: 0))
        #expect(encoder.encode(FrameDiff(from: frame, to: frame), cursor: Point(x: 1, y: 0)).isEmpty)
        #expect(!encoder.encode(FrameDiff(from: frame, to: frame), cursor: nil).isEmpty)
    }

    @Test func theCursorReturnsToTheCaretAfterEveryFrame() {
        var encoder = FrameEncoder(traits: TerminalTraits())
        var terminal = TinyTerminal(size: Size(width: 10, height: 3))
        var frame = Surface(size: Size(width: 10, height: 3))
        terminal.receive(encoder.encode(FrameDiff(from: nil, to: frame), cursor: Point(x: 4, y: 2)))
        let first = frame
        frame.write("news", at: .zero)
        terminal.receive(encoder.encode(FrameDiff(from: first, to: frame), cursor: Point(x: 4, y: 2)))
        #expect(terminal.cursor == Point(x: 4, y: 2))
        #expect(terminal.isCursorShown)
        // Hidden, it stays where an input method looks for it.
        let second = frame
        frame.write("more", at: .zero)
        terminal.receive(encoder.encode(FrameDiff(from: second, to: frame), cursor: nil))
        #expect(terminal.cursor == Point(x: 4, y: 2))
        #expect(!terminal.isCursorShown)
    }

    @Test func joinedEmojiAreSimplifiedWhereTheyWouldSpreadOut() {
        let encoder = GlyphEncoder(drawsClusters: false)
        func text(_ glyph: Character) -> String { encoder.encode(Cell(glyph: glyph, columns: 2)).text }
        #expect(text("👨‍👩‍👧") == "👨")
        #expect(text("👍🏽") == "👍")
        #expect(text("🇨🇳") == "CN")
        #expect(text("❤️") == "❤️")
        #expect(text("e\u{301}") == "e\u{301}")
    }

    @Test func stylesBecomeTheColorsOfTheDepth() {
        let style = Style(foreground: .rgb(255, 0, 0), background: .indexed(12), attributes: [.bold, .italic])
        func codes(_ traits: TerminalTraits) -> String { CursesColors(traits: traits).sequence(for: style) }
        #expect(codes(TerminalTraits(depth: .trueColor)) == "\u{1B}[0;1;3;38;2;255;0;0;104m")
        #expect(codes(TerminalTraits(depth: .palette)) == "\u{1B}[0;1;3;38;5;196;104m")
        #expect(codes(TerminalTraits(depth: .eight, hasItalic: false)) == "\u{1B}[0;1;31;44m")
        #expect(codes(TerminalTraits(depth: .mono)) == "\u{1B}[0;1;3m")
    }
}
