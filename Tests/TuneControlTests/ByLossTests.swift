import Testing
import TuneModel

@testable import TuneControl

struct ByLossTests {
    private let path = "/a.jsonl"

    private func opened(_ records: Int, row: Int = 0) -> Browse.State {
        var state = Browse.State()
        _ = Browse.update(
            &state,
            .opened(DatasetFacts(path: path, shape: .completion, records: records, bytes: 1), row: row))
        return state
    }

    private func sorted(_ losses: [Float], row: Int = 0) -> Browse.State {
        var state = opened(losses.count, row: row)
        _ = Browse.update(&state, .lossesAsked)
        _ = Browse.update(&state, .lossesArrived(path: path, LossColumn(job: "one", losses: losses)))
        return state
    }

    @Test func theWorstRowsComeFirstAndUnknownOnesLast() {
        let column = LossColumn(job: "one", losses: [1, .nan, 3, 2, .nan, 3])
        #expect(column.worstFirst == [2, 5, 3, 0, 1, 4])
        #expect(column[1] == nil && column[2] == 3 && column[99] == nil)
    }

    @Test func lossesAreReadOnceAndThenSortedAndBack() {
        var state = opened(3, row: 1)
        #expect(Browse.update(&state, .lossesAsked) == [.loadLosses(path: path)])
        let column = LossColumn(job: "one", losses: [1, 2, 3])
        #expect(
            Browse.update(&state, .lossesArrived(path: path, column))
                == [.loadPicked(path: path, start: 0, rows: [2, 1, 0])])
        #expect(state.current?.list.cursor == 0 && state.current?.row == 2)
        // Back in the file's order one stands on the same record.
        #expect(Browse.update(&state, .lossesAsked) == [.loadRows(path: path, range: 0..<3)])
        #expect(state.current?.list.cursor == 2 && state.current?.isByLoss == false)
        #expect(Browse.update(&state, .lossesAsked) == [.loadPicked(path: path, start: 0, rows: [2, 1, 0])])
    }

    @Test func noJobLeavesTheListAsItIs() {
        var state = opened(3)
        let before = state
        #expect(Browse.update(&state, .lossesArrived(path: path, nil)) == [])
        #expect(state == before)
    }

    @Test func lossesOfAnotherStateOfTheFileAreNotShown() {
        var state = opened(3)
        _ = Browse.update(&state, .lossesArrived(path: path, LossColumn(job: "one", losses: [1, 2])))
        #expect(state.current?.losses == nil)
    }

    @Test func searchAndFindingsSpeakOfRowsOfTheFile() {
        var state = sorted([1, 2, 3])
        _ = Browse.update(&state, .searchOpened)
        _ = Browse.update(&state, .searchEdited(.insert("x")))
        #expect(
            Browse.update(&state, .searched(forward: true))
                == [.findRow(path: path, needle: "x", start: 2, forward: true)])
        _ = Browse.update(&state, .found(path: path, 0))
        #expect(state.current?.list.cursor == 2 && state.current?.row == 0)
        let finding = Finding(id: "x", severity: .warning, summary: Wording("x", "x"), rows: [1])
        _ = Browse.update(&state, .inspected(path: path, .done([finding])))
        _ = Browse.update(&state, .findingShown(rows: 10))
        #expect(state.current?.row == 1)
    }

    @Test func anEditedRowLosesItsLossButKeepsItsPlace() {
        var state = sorted([1, 2, 3])
        let facts = DatasetFacts(path: path, shape: .completion, records: 3, bytes: 2)
        let effects = Browse.update(&state, .written(facts, row: 2))
        #expect(effects.first == .loadPicked(path: path, start: 0, rows: [2, 1, 0]))
        #expect(state.current?.losses?[2] == nil && state.current?.row == 2)
        let longer = DatasetFacts(path: path, shape: .completion, records: 4, bytes: 3)
        _ = Browse.update(&state, .written(longer, row: 3))
        #expect(state.current?.row == 3 && state.current?.list.cursor == 3)
    }

    @Test func theRecordUnderTheCursorIsTheOneThatIsEdited() {
        var state = Deck.State(language: .english)
        state.browse = sorted([1, 2, 3])
        _ = Deck.update(
            &state,
            .browse(
                .rowsArrived(
                    path: path, start: 0, [2, 1, 0].map { .record(.completion(prompt: "\($0)", completion: "")) })))
        _ = Deck.update(&state, .command(.editRecord, rows: 5))
        guard case .editor(let editor)? = state.dialogs.last else {
            Issue.record("no editor")
            return
        }
        #expect(editor.target == .replace(path: path, row: 2))
        #expect(editor.record == .completion(prompt: "2", completion: ""))
    }

    @Test func aFileOpenedAgainIsReadAgain() {
        var state = sorted([1, 2, 3])
        _ = Browse.update(
            &state, .opened(DatasetFacts(path: path, shape: .completion, records: 5, bytes: 9), row: 0))
        #expect(state.current?.losses == nil && state.current?.isByLoss == false)
    }
}
