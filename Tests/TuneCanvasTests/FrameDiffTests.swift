import Testing
import TuneCanvas

@Suite struct FrameDiffTests {
    @Test func theFirstFrameIsWhole() {
        let diff = FrameDiff(from: nil, to: Surface(size: Size(width: 3, height: 2)))
        #expect(diff.isWhole)
        #expect(diff.runs.map(\.columns) == [3, 3])
    }

    @Test func equalFramesNeedNothing() {
        var surface = Surface(size: Size(width: 8, height: 2))
        surface.write("中文", at: .zero)
        #expect(FrameDiff(from: surface, to: surface).isEmpty)
    }

    @Test func onlyChangedCellsAreInTheRuns() {
        var old = Surface(size: Size(width: 10, height: 2))
        old.write("step 100", at: .zero)
        var new = old
        new.write("step 108", at: .zero)
        let diff = FrameDiff(from: old, to: new)
        #expect(diff.runs.map(\.text) == ["8"])
        #expect(diff.runs.first?.origin == Point(x: 7, y: 0))
    }

    @Test func runsAreOfOneStyle() {
        var new = Surface(size: Size(width: 6, height: 1))
        new.write("ab", at: .zero)
        new.write("cd", at: Point(x: 2, y: 0), style: Style(attributes: .bold))
        let diff = FrameDiff(from: Surface(size: new.size), to: new)
        #expect(diff.runs.map(\.text) == ["ab", "cd"])
    }

    @Test func aWideGlyphIsRewrittenWhole() {
        var old = Surface(size: Size(width: 4, height: 1))
        old.write("ab", at: .zero)
        var new = Surface(size: old.size)
        new.write("中", at: .zero)
        let runs = FrameDiff(from: old, to: new).runs
        #expect(runs.map(\.text) == ["中"])
        #expect(runs.map(\.columns) == [2])
    }

    @Test func anotherSizeMeansAWholeFrame() {
        let narrow = Surface(size: Size(width: 4, height: 1))
        let diff = FrameDiff(from: narrow, to: Surface(size: Size(width: 5, height: 1)))
        #expect(diff.isWhole)
    }
}
