import Testing
import TuneCanvas

struct BarsTests {
    private func drawn(_ bars: [Bars.Bar], width: Int, glyphs: GlyphSet = .unicode) -> [String] {
        var surface = Surface(size: Size(width: width, height: bars.count), glyphs: glyphs)
        Bars(bars).draw(in: surface.bounds, on: &surface)
        return FrameText(surface).glyphs
    }

    @Test func theLongestFillsTheRoomAndTheOthersTheirShare() {
        let bars = [
            Bars.Bar("0–9", 8, figure: "8"), Bars.Bar("10–19", 4, figure: "4"), Bars.Bar("20–", 1, figure: "1"),
        ]
        #expect(drawn(bars, width: 17) == ["  0–9 ████████ 8", "10–19 ████ 4", "  20– █ 1"])
    }

    @Test func whatIsThereIsNeverDrawnAsNothing() {
        let bars = [Bars.Bar("a", 1000, figure: "1000"), Bars.Bar("b", 1, figure: "1"), Bars.Bar("c", 0, figure: "0")]
        #expect(drawn(bars, width: 12) == ["a ████ 1000", "b ▏ 1", "c  0"])
    }

    @Test func wideLabelsAreMeasuredInColumns() {
        let bars = [Bars.Bar("中文", 2, figure: "2"), Bars.Bar("en", 1, figure: "1")]
        #expect(drawn(bars, width: 12, glyphs: .ascii) == ["中文 #### 2", "  en ## 1"])
    }
}
