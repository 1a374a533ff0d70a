import Testing
import TuneCanvas
import TuneTestSupport

@Suite struct WidgetTests {
    private let cursor = Style(background: .indexed(4))
    private let head = Style(attributes: .bold)
    private let dim = Style(attributes: .dim)
    private let chosen = Style(attributes: .reverse)
    private var golden: Golden { Golden(letters: [cursor: "c", head: "h", dim: "d", chosen: "r"]) }

    @Test func aTableShowsItsCursorAndWhereItIs() {
        var surface = Surface(size: Size(width: 40, height: 6))
        let names = ["What is a kludge?", "什么是“补丁”程序员的黑话？", "backbone cabal 👨‍👩‍👧", "cup holder"]
        Grid(
            columns: [
                Grid.Column("#", width: .fixed(4), alignment: .right), Grid.Column("prompt"),
                Grid.Column("tokens", width: .fixed(6), alignment: .right),
            ],
            count: 40, top: 10, cursor: 11, cursorStyle: cursor, headerStyle: head, markStyle: dim
        ) { row in
            [.init("\(row)"), .init(names[row % 4]), .init("\(row * 7)")]
        }.draw(in: surface.bounds, on: &surface)
        golden.check(surface, "grid")
    }

    @Test func aListThatFitsHasNoMark() {
        var surface = Surface(size: Size(width: 10, height: 3))
        Rows(["one", "two"], cursor: 1, cursorStyle: cursor).draw(in: surface.bounds, on: &surface)
        golden.check(surface, "rows")
    }

    @Test func scrollingMovesAsLittleAsNeeded() {
        #expect(Rows.top(keeping: 5, from: 0, height: 10, count: 100) == 0)
        #expect(Rows.top(keeping: 10, from: 0, height: 10, count: 100) == 1)
        #expect(Rows.top(keeping: 10, from: 0, height: 10, count: 100, margin: 2) == 3)
        #expect(Rows.top(keeping: 99, from: 0, height: 10, count: 100, margin: 2) == 90)
        #expect(Rows.top(keeping: 3, from: 50, height: 10, count: 100) == 3)
        #expect(Rows.top(keeping: 0, from: 7, height: 10, count: 4) == 0)
    }

    @Test func theScrollMarkTouchesAnEndOnlyThere() {
        func thumb(_ top: Int) -> Range<Int>? { ScrollMark(top: top, visible: 10, count: 1000).thumb(height: 10) }
        #expect(thumb(0) == 0..<1)
        #expect(thumb(1) == 1..<2)
        #expect(thumb(989) == 8..<9)
        #expect(thumb(990) == 9..<10)
        #expect(ScrollMark(top: 0, visible: 10, count: 10).thumb(height: 10) == nil)
    }

    @Test func aDialogStandsInTheMiddleOverWideText() {
        var surface = Surface(size: Size(width: 40, height: 9))
        for y in 0..<9 { surface.write(String(repeating: "中", count: 20), at: Point(x: 0, y: y)) }
        Card(
            title: "取消任务", text: "Cancel jargon-3? 已训练的步骤会保留。", choices: ["Yes", "No"], selected: 1, width: 25
        ).draw(in: surface.bounds, on: &surface)
        golden.check(surface, "card")
    }

    @Test func tabsScrollToTheChosenOne() {
        var surface = Surface(size: Size(width: 20, height: 1))
        let tabs = Tabs(["1 Data", "2 Prepare", "3 Jobs", "4 Ask"], selected: 3)
        tabs.draw(in: surface.bounds, on: &surface)
        #expect(FrameText(surface).glyphs == ["     3 Jobs   4 Ask"])
    }

    @Test func aGaugeIsFullOnlyWhenDone() {
        func bar(_ value: Double?) -> String {
            var surface = Surface(size: Size(width: 10, height: 1))
            Gauge(value).draw(in: surface.bounds, on: &surface)
            return FrameText(surface).text
        }
        #expect(bar(0.999) == "━━━━━━━━━╸")
        #expect(bar(1) == "━━━━━━━━━━")
        #expect(bar(0.001) == "╸─────────")
        #expect(bar(nil) == "──────────")
        #expect(bar(.nan) == "──────────")
    }

    @Test func spansFollowOneAnother() {
        var surface = Surface(size: Size(width: 12, height: 1))
        Label([.init("中", head), .init("ab", dim), .init("long text")]).draw(in: surface.bounds, on: &surface)
        golden.check(surface, "label")
    }
}
