import Testing
import TuneCanvas

@Suite struct SurfaceTests {
    private func rows(_ surface: Surface) -> [String] { FrameText(surface).glyphs }

    @Test func writingGivesBackTheColumnsItTook() {
        var surface = Surface(size: Size(width: 12, height: 1))
        let columns = surface.write("中a👍🏽", at: .zero)
        #expect(columns == 5)
        #expect(surface[0, 0].columns == 2)
        #expect(surface[1, 0].isContinuation)
        #expect(surface[3, 0].glyph == "👍🏽")
    }

    @Test func longTextEndsInAnEllipsisAndNeverInHalfAGlyph() {
        var surface = Surface(size: Size(width: 20, height: 3))
        let first = surface.write("数据集中文", at: .zero, width: 6)
        let second = surface.write("数据集中文", at: Point(x: 0, y: 1), width: 6, overflow: .cut)
        let third = surface.write(
            "/home/ann/jargon.jsonl", at: Point(x: 0, y: 2), width: 10, overflow: .leadingEllipsis)
        #expect(rows(surface) == ["数据…", "数据集", "…gon.jsonl"])
        #expect([first, second, third] == [5, 6, 10])
    }

    @Test func coveringHalfOfAWideGlyphBlanksTheOther() {
        var surface = Surface(size: Size(width: 10, height: 1))
        surface.write("中中中中中", at: .zero)
        surface.write("|x|", at: Point(x: 3, y: 0))
        #expect(rows(surface) == ["中 |x|中中"])
        surface.fill(Rect(x: 1, y: 0, width: 1, height: 1))
        #expect(rows(surface) == ["   |x|中中"])
    }

    @Test func everyOverlayLeavesARowOfItsWidth() {
        for start in 0..<12 {
            for width in 1...(12 - start) {
                var surface = Surface(size: Size(width: 12, height: 1))
                surface.write("中👨‍👩‍👧a中é中❤️", at: .zero)
                surface.write(String(repeating: "#", count: width), at: Point(x: start, y: 0))
                let columns = surface.row(0).reduce(0) { $0 + Int($1.columns) }
                #expect(columns == 12, "from \(start), \(width) wide")
            }
        }
    }

    @Test func nothingIsDrawnOutsideOfTheClip() {
        var surface = Surface(size: Size(width: 6, height: 3))
        surface.clipped(to: Rect(x: 1, y: 1, width: 3, height: 1)) {
            $0.write("中中中", at: Point(x: 1, y: 1))
            $0.write("out", at: Point(x: 0, y: 0))
            $0.fill(Rect(x: 4, y: 0, width: 2, height: 3), with: "#")
        }
        #expect(rows(surface) == ["", " 中…", ""])
    }

    @Test func aWideGlyphIsNotPutAcrossTheRightEdge() {
        var surface = Surface(size: Size(width: 3, height: 1))
        surface.write("ab中", at: .zero, overflow: .cut)
        #expect(rows(surface) == ["ab"])
    }

    @Test func writingBeforeTheLeftEdgeShowsWhatIsWithin() {
        var surface = Surface(size: Size(width: 4, height: 1))
        surface.write("abcdef", at: Point(x: -2, y: 0), overflow: .cut)
        #expect(rows(surface) == ["cdef"])
    }

    @Test func escapesInTextNeverReachACell() {
        var surface = Surface(size: Size(width: 20, height: 1))
        surface.write("\u{1B}[2J\u{202E}x", at: .zero)
        #expect(rows(surface) == ["␛[2J⟨RLO⟩x"])
    }

    @Test func wrappedTextThatIsCutEndsInAnEllipsis() {
        var surface = Surface(size: Size(width: 8, height: 2))
        let used = surface.writeWrapped("one two three four", in: surface.bounds)
        #expect(used == 2)
        #expect(rows(surface) == ["one two", "three…"])
    }

    @Test func aBoxHasItsTitleAtTheLeftAndItsFactsAtTheRight() {
        var surface = Surface(size: Size(width: 24, height: 3))
        let inner = surface.box(surface.bounds, title: "loss", trailing: "2.31")
        #expect(rows(surface) == ["╭ loss ───────── 2.31 ─╮", "│                      │", "╰──────────────────────╯"])
        #expect(inner == Rect(x: 1, y: 1, width: 22, height: 1))
    }

    @Test func whereSignsAreTwoColumnsWideBoxesAreASCII() {
        var surface = Surface(size: Size(width: 6, height: 3), measure: GlyphWidth(ambiguous: 2))
        surface.box(surface.bounds)
        #expect(rows(surface) == ["+----+", "|    |", "+----+"])
    }

    @Test func restylingLeavesTheGlyphs() {
        var surface = Surface(size: Size(width: 4, height: 1))
        surface.write("中ab", at: .zero)
        surface.restyle(Rect(x: 0, y: 0, width: 3, height: 1)) { $0.attributes.insert(.reverse) }
        #expect(rows(surface) == ["中ab"])
        #expect(surface[2, 0].style.attributes == .reverse)
        #expect(surface[3, 0].style == .plain)
    }
}
