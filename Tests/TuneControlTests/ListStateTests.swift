import Testing

@testable import TuneControl

struct ListStateTests {
    @Test func movesNoFurtherThanItsEnds() {
        var list = ListState(count: 10)
        list.move(.lines(-1), rows: 4)
        #expect(list.cursor == 0)
        list.move(.last, rows: 4)
        #expect(list.cursor == 9)
        list.move(.pages(1), rows: 4)
        #expect(list.cursor == 9)
    }

    @Test func scrollsNoFurtherThanNeeded() {
        var list = ListState(count: 100)
        for _ in 0..<5 { list.move(.lines(1), rows: 4) }
        #expect(list.window(rows: 4) == 2..<6)
        list.move(.lines(-1), rows: 4)
        #expect(list.window(rows: 4) == 2..<6)
    }

    @Test func aPageKeepsOneRowInSight() {
        var list = ListState(count: 100)
        list.move(.pages(1), rows: 10)
        #expect(list.cursor == 9)
    }

    @Test func keepsItsCursorInAShorterList() {
        var list = ListState(count: 10, cursor: 9)
        list.resize(to: 3)
        #expect(list.cursor == 2)
        list.resize(to: 0)
        #expect(list.selected == nil)
    }

    @Test func showsAFullPageAtTheEnd() {
        let list = ListState(count: 10, cursor: 9)
        #expect(list.window(rows: 4) == 6..<10)
        #expect(list.window(rows: 40) == 0..<10)
    }
}
