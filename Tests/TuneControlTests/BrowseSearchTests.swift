import Testing
import TuneData
import TuneModel

@testable import TuneControl

struct BrowseSearchTests {
    private let path = "/data/a.jsonl"

    private func opened(_ records: Int, row: Int = 0) -> Browse.State {
        var state = Browse.State()
        _ = Browse.update(
            &state, .opened(DatasetFacts(path: path, shape: .completion, records: records, bytes: 100), row: row))
        return state
    }

    private func find(_ text: String, from place: Int, forward: Bool, among rows: [Int32]? = nil) throws -> [Effect] {
        [.findRow(path: path, try TextPattern(typed: text), from: place, forward: forward, among: rows)]
    }

    @Test func eachLetterShowsTheFirstHitFromWhereTypingBegan() throws {
        var state = opened(100, row: 7)
        _ = Browse.update(&state, .search(.opened))
        #expect(
            Browse.update(&state, .search(.edited(.insert("x")))) == (try find("x", from: 7, forward: true)))
        _ = Browse.update(&state, .search(.found(path: path, 50)))
        #expect(state.current?.list.cursor == 50)
        #expect(
            Browse.update(&state, .search(.edited(.insert("y")))) == (try find("xy", from: 7, forward: true)))
    }

    @Test func theNextHitLiesBeyondTheRowOneStandsOn() throws {
        var state = opened(100, row: 7)
        _ = Browse.update(&state, .search(.opened))
        _ = Browse.update(&state, .search(.edited(.insert("x"))))
        _ = Browse.update(&state, .search(.found(path: path, 50)))
        #expect(Browse.update(&state, .search(.asked(forward: true))) == (try find("x", from: 50, forward: true)))
        #expect(Browse.update(&state, .search(.asked(forward: true))) == (try find("x", from: 51, forward: true)))
        #expect(Browse.update(&state, .search(.asked(forward: false))) == (try find("x", from: 49, forward: false)))
    }

    @Test func leavingWhileTypingGoesBack() {
        var state = opened(100, row: 7)
        _ = Browse.update(&state, .search(.opened))
        _ = Browse.update(&state, .search(.edited(.insert("x"))))
        _ = Browse.update(&state, .search(.found(path: path, 50)))
        _ = Browse.update(&state, .search(.closed))
        #expect(state.current?.list.cursor == 7)
    }

    @Test func aSearchWithoutAHitStaysWhereItIsAndSaysSo() {
        var state = opened(100, row: 7)
        _ = Browse.update(&state, .search(.found(path: path, nil)))
        #expect(state.current?.list.cursor == 7)
        #expect(state.current?.search.isMissing == true)
    }

    @Test func anExpressionThatCannotBeReadIsToldAndNotLookedFor() {
        var state = opened(100)
        _ = Browse.update(&state, .search(.opened))
        _ = Browse.update(&state, .search(.edited(.insert("/(/"))))
        #expect(Browse.update(&state, .search(.asked(forward: true))) == [])
        #expect(state.current?.search.problem == .unreadable("("))
        #expect(state.current?.search.isTyping == true)
    }
}
