import Testing
import TuneCanvas

@Suite struct SplitTests {
    private let area = Rect(x: 2, y: 1, width: 20, height: 10)

    @Test func fixedPartsKeepTheirSizeAndFlexibleOnesShareTheRest() {
        let parts = area.split(.horizontal, .fixed(5), .flexible(weight: 2), .flexible(weight: 1))
        #expect(parts.map(\.width) == [5, 10, 5])
        #expect(parts.map(\.x) == [2, 7, 17])
        #expect(parts.allSatisfy { $0.height == 10 && $0.y == 1 })
    }

    @Test func roundingLeavesNoColumnUnused() {
        let parts = Rect(x: 0, y: 0, width: 11, height: 1).split(.horizontal, .rest, .rest, .rest)
        #expect(parts.map(\.width) == [4, 4, 3])
    }

    @Test func gapsStandBetweenParts() {
        let parts = area.split(.vertical, .fixed(3), .rest, gap: 1)
        #expect(parts.map(\.y) == [1, 5])
        #expect(parts.map(\.height) == [3, 6])
    }

    @Test func aMinimumAboveTheFairShareIsKept() {
        let parts = area.split(.horizontal, .flexible(minimum: 15), .rest)
        #expect(parts.map(\.width) == [15, 5])
    }

    @Test func earlierPartsAreServedFirstWhenRoomIsShort() {
        let parts = area.split(.vertical, .fixed(8), .fixed(8), .rest)
        #expect(parts.map(\.height) == [8, 2, 0])
    }

    @Test func takingFromASideShrinksTheRest() {
        var rest = area
        let top = rest.takeTop(2)
        let right = rest.takeRight(50)
        #expect(top == Rect(x: 2, y: 1, width: 20, height: 2))
        #expect(right == Rect(x: 2, y: 3, width: 20, height: 8))
        #expect(rest.isEmpty)
    }
}
