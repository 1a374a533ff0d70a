import Foundation
import Testing
import TuneData
import TuneModel

@testable import TuneControl

struct BrowseViewTests {
    private let path = "/a.jsonl"

    private func opened(_ records: Int, row: Int = 0) -> Browse.State {
        var state = Browse.State()
        _ = Browse.update(
            &state, .opened(DatasetFacts(path: path, shape: .completion, records: records, bytes: 1), row: row))
        return state
    }

    private func sorted(_ losses: [Float], row: Int = 0) -> Browse.State {
        var state = opened(losses.count, row: row)
        _ = Browse.update(&state, .view(.ordered(.loss)))
        _ = Browse.update(&state, .lossesArrived(path: path, LossColumn(job: "one", losses: losses)))
        return state
    }

    // MARK: - Losses

    @Test func theWorstRowsComeFirstAndUnknownOnesLast() {
        let column = LossColumn(job: "one", losses: [1, .nan, 3, 2, .nan, 3])
        #expect(column.worstFirst == [2, 5, 3, 0, 1, 4])
        #expect(column[1] == nil && column[2] == 3 && column[99] == nil)
    }

    @Test func lossesAreReadOnceAndThenSorted() {
        var state = opened(3, row: 1)
        #expect(Browse.update(&state, .view(.ordered(.loss))) == [.loadLosses(path: path)])
        let effects = Browse.update(
            &state, .lossesArrived(path: path, LossColumn(job: "one", losses: [1, 2, 3])))
        #expect(effects.last == .loadPicked(path: path, start: 0, rows: [2, 1, 0]))
        #expect(state.current?.list.cursor == 0 && state.current?.row == 2)
        // The same key again turns the order round, without reading anything anew.
        #expect(
            Browse.update(&state, .view(.ordered(.loss))).last == .loadPicked(path: path, start: 0, rows: [0, 1, 2]))
        // Back in the file's order one stands on the same record.
        let row = state.current?.row
        #expect(Browse.update(&state, .view(.reset)).last == .loadRows(path: path, range: 0..<3))
        #expect(state.current?.list.cursor == row && state.current?.view.isPlain == true)
    }

    @Test func noJobLeavesTheListAsItIs() {
        var state = opened(3)
        let before = state
        _ = Browse.update(&state, .view(.ordered(.loss)))
        #expect(Browse.update(&state, .lossesArrived(path: path, nil)) == [])
        #expect(state == before)
    }

    @Test func lossesOfAnotherStateOfTheFileAreNotShown() {
        var state = opened(3)
        _ = Browse.update(&state, .lossesArrived(path: path, LossColumn(job: "one", losses: [1, 2])))
        #expect(state.current?.losses == nil)
    }

    @Test func findingsSpeakOfRowsOfTheFile() {
        var state = sorted([1, 2, 3])
        let finding = Finding(id: "x", severity: .warning, summary: Wording("x", "x"), rows: [1])
        _ = Browse.update(&state, .inspected(path: path, .done([finding])))
        _ = Browse.update(&state, .findingShown(rows: 10))
        #expect(state.current?.row == 1)
    }

    @Test func theRecordUnderTheCursorIsTheOneThatIsEdited() {
        var state = Deck.State(language: .english)
        state.browse = sorted([1, 2, 3])
        let rows = [2, 1, 0].map { SheetRow(.record(.completion(prompt: "\($0)", completion: ""))) }
        _ = Deck.update(&state, .browse(.rowsArrived(path: path, start: 0, rows)))
        _ = Deck.update(&state, .command(.editRecord, rows: 5))
        guard case .editor(let editor)? = state.dialogs.last else {
            Issue.record("no editor")
            return
        }
        #expect(editor.target == .replace(path: path, row: 2))
        #expect(editor.record == .completion(prompt: "2", completion: ""))
    }

    @Test func aFileOpenedAgainIsShownPlainly() {
        var state = sorted([1, 2, 3])
        _ = Browse.update(
            &state, .opened(DatasetFacts(path: path, shape: .completion, records: 5, bytes: 9), row: 0))
        #expect(state.current?.losses == nil && state.current?.view.isPlain == true)
    }

    // MARK: - Filters

    @Test func aFilterShowsItsRowsAsTheyAreFound() throws {
        var state = opened(100, row: 40)
        let filter = try RowFilter("len>3")
        #expect(
            Browse.update(&state, .view(.filtered(filter)))
                == [.query(path: path, RowQuery(filter: filter, order: RowOrder()), losses: nil)])
        _ = Browse.update(&state, .view(.grew(path: path, [1, 40])))
        #expect(state.current?.list.count == 2 && state.current?.row == 40)
        _ = Browse.update(&state, .view(.arrived(path: path, [1, 40, 77])))
        #expect(state.current?.list.count == 3 && state.current?.view.progress == nil)
        #expect(state.current?.place(of: 77) == 2 && state.current?.place(of: 2) == nil)
    }

    @Test func aFilterByLossReadsTheLossesFirst() throws {
        var state = opened(3)
        let filter = try RowFilter("loss>1")
        #expect(Browse.update(&state, .view(.filtered(filter))).last == .loadLosses(path: path))
        let effects = Browse.update(&state, .lossesArrived(path: path, LossColumn(job: "one", losses: [1, 2, 3])))
        #expect(
            effects == [.query(path: path, RowQuery(filter: filter, order: RowOrder()), losses: [1, 2, 3])])
    }

    // MARK: - Marks

    @Test func marksAreRowsOfTheFileWhateverIsShown() throws {
        var state = opened(10)
        _ = Browse.update(&state, .view(.filtered(try RowFilter("x"))))
        _ = Browse.update(&state, .view(.arrived(path: path, [2, 3, 7])))
        _ = Browse.update(&state, .mark(.all))
        #expect(state.current?.marks == RangeSet([2..<4, 7..<8]))
        _ = Browse.update(&state, .mark(.toggled(rows: 5)))
        #expect(state.current?.marks == RangeSet([3..<4, 7..<8]))
        #expect(state.current?.list.cursor == 1)
        _ = Browse.update(&state, .mark(.inverted))
        #expect(state.current?.marks == RangeSet([2..<3]))
    }

    @Test func aStretchIsMarkedFromTheLastMarkToTheCursor() {
        var state = opened(10)
        _ = Browse.update(&state, .mark(.toggled(rows: 5)))
        _ = Browse.update(&state, .moved(.lines(4), rows: 5))
        _ = Browse.update(&state, .mark(.reached))
        #expect(state.current?.marks == RangeSet(0..<6))
        #expect(state.current?.chosenCount == 6)
    }

    // MARK: - Edits

    private func outcome(_ records: Int, row: Int?, shifts: Bool) -> EditOutcome {
        EditOutcome(
            facts: DatasetFacts(path: path, shape: .completion, records: records, bytes: 1),
            summary: Wording("done", "完成"), row: row, shifts: shifts)
    }

    @Test func anEditOfOneRecordKeepsMarksAndOrder() {
        var state = sorted([1, 2, 3])
        _ = Browse.update(&state, .mark(.toggled(rows: 5)))
        _ = Browse.update(&state, .edit(.happened(outcome(3, row: 2, shifts: false))))
        #expect(state.current?.losses?[2] == nil && state.current?.row == 2)
        #expect(state.current?.marks == RangeSet([2..<3]))
    }

    @Test func rowsThatMovedLoseTheirMarksAndLosses() {
        var state = sorted([1, 2, 3])
        _ = Browse.update(&state, .mark(.all))
        let effects = Browse.update(&state, .edit(.happened(outcome(2, row: 1, shifts: true))))
        #expect(state.current?.marks.isEmpty == true && state.current?.losses == nil)
        #expect(state.current?.list.count == 2 && state.current?.row == 1)
        #expect(effects == [.loadRows(path: path, range: 0..<2), .inspect(path: path)])
    }

    @Test func theNextEditWaitsForTheOneBefore() {
        var state = opened(3)
        #expect(Browse.update(&state, .edit(.undone)) == [.undoEdit(path: path)])
        #expect(Browse.update(&state, .edit(.undone)) == [])
        _ = Browse.update(&state, .edit(.failed(path: path)))
        #expect(Browse.update(&state, .edit(.redone)) == [.redoEdit(path: path)])
    }

    @Test func whatAConflictLeadsToConcernsTheDatasetItWasAskedFor() {
        var state = Deck.State(language: .english)
        for path in ["/a.jsonl", "/b.jsonl"] {
            var facts = DatasetFacts(path: path, shape: .completion, records: 1, bytes: 1)
            facts.edits.stranded = 2
            _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        }
        #expect(state.dialogs.count == 2)
        let first = Deck.update(&state, .command(.accept, rows: 5))
        let second = Deck.update(&state, .command(.accept, rows: 5))
        #expect(first.contains(.reloadDataset(path: "/b.jsonl", keepingEdits: true)))
        #expect(second.contains(.reloadDataset(path: "/a.jsonl", keepingEdits: true)))
    }

    @Test func whatWasToFollowASaveThatFailedDoesNotFollowTheNext() {
        var state = Deck.State(language: .english)
        var facts = DatasetFacts(path: path, shape: .completion, records: 1, bytes: 1)
        facts.edits.isChanged = true
        _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        _ = Deck.update(&state, .command(.train, rows: 5))
        _ = Deck.update(&state, .command(.accept, rows: 5))
        _ = Deck.update(&state, .browse(.edit(.failed(path: path))))
        _ = Deck.update(&state, .datasetSaved(facts, .ifUnchanged, at: .now))
        #expect(state.dialogs.isEmpty)
    }
}
