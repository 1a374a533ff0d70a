import Testing
import TuneModel

@testable import TuneControl

struct BrowseTests {
    private let path = "/data/a.jsonl"

    private func opened(_ records: Int, row: Int = 0) -> Browse.State {
        var state = Browse.State()
        _ = Browse.update(&state, .opened(facts(records), row: row))
        return state
    }

    private func facts(_ records: Int, path: String = "/data/a.jsonl") -> DatasetFacts {
        DatasetFacts(path: path, shape: .completion, records: records, bytes: 100)
    }

    private func rows(_ count: Int) -> [DatasetRow] {
        (0..<count).map { .record(.completion(prompt: "\($0)", completion: "")) }
    }

    @Test func openingReadsRowsAroundTheCursorAndChecksTheFile() {
        var state = Browse.State()
        let effects = Browse.update(&state, .opened(facts(1_000_000), row: 5000))
        #expect(effects == [.loadRows(path: path, range: 4600..<5400), .inspect(path: path)])
        #expect(state.current?.list.cursor == 5000)
    }

    @Test func movingWithinWhatIsHeldReadsNothing() {
        var state = opened(1_000_000, row: 5000)
        _ = Browse.update(&state, .rowsArrived(path: path, start: 4600, rows(800)))
        #expect(Browse.update(&state, .moved(.lines(1), rows: 20)) == [])
        #expect(Browse.update(&state, .moved(.last, rows: 20)) == [.loadRows(path: path, range: 999_599..<1_000_000)])
    }

    @Test func aMillionRowsAreNeverHeldAtOnce() {
        var state = opened(1_000_000)
        for _ in 0..<50 {
            for effect in Browse.update(&state, .moved(.pages(1), rows: 100)) {
                guard case .loadRows(_, let range) = effect else { continue }
                #expect(range.count <= 800)
                _ = Browse.update(&state, .rowsArrived(path: path, start: range.lowerBound, rows(range.count)))
            }
            #expect(state.current?.selected != nil)
        }
    }

    @Test func openingAnOpenFileShowsItAgain() {
        var state = opened(10)
        _ = Browse.update(&state, .opened(facts(5, path: "/data/b.jsonl"), row: 0))
        _ = Browse.update(&state, .opened(facts(11), row: 0))
        #expect(state.sheets.count == 2)
        #expect(state.current?.facts.path == path)
        #expect(state.current?.facts.records == 11)
    }

    @Test func searchLooksInTheRowItStandsOnFirstAndBeyondItNext() {
        var state = opened(100, row: 7)
        _ = Browse.update(&state, .searchOpened)
        _ = Browse.update(&state, .searchEdited(.insert("x")))
        #expect(
            Browse.update(&state, .searched(forward: true))
                == [.findRow(path: path, needle: "x", start: 7, forward: true)])
        _ = Browse.update(&state, .found(path: path, 50))
        #expect(state.current?.list.cursor == 50)
        #expect(
            Browse.update(&state, .searched(forward: false))
                == [.findRow(path: path, needle: "x", start: 49, forward: false)])
    }

    @Test func aSearchWithoutAHitStaysWhereItIsAndSaysSo() {
        var state = opened(100, row: 7)
        _ = Browse.update(&state, .found(path: path, nil))
        #expect(state.current?.list.cursor == 7)
        #expect(state.current?.search.isMissing == true)
    }

    @Test func findingsLeadFromRowToRowAndAround() {
        var state = opened(100)
        let finding = Finding(id: "x", severity: .warning, summary: Wording("x", "x"), rows: [3, 9])
        _ = Browse.update(&state, .inspected(path: path, .done([finding])))
        var seen: [Int] = []
        for _ in 0..<3 {
            _ = Browse.update(&state, .findingShown(rows: 10))
            seen.append(state.current?.list.cursor ?? -1)
        }
        #expect(seen == [3, 9, 3])
    }

    @Test func newsOfAClosedDatasetChangesNothing() {
        var state = opened(10)
        let before = state
        _ = Browse.update(&state, .rowsArrived(path: "/gone", start: 0, rows(3)))
        #expect(state == before)
    }

    @Test func aWrittenRecordIsReadAndCheckedAgain() {
        var state = opened(10)
        let effects = Browse.update(&state, .written(facts(11), row: 10))
        #expect(effects == [.loadRows(path: path, range: 0..<11), .inspect(path: path)])
        #expect(state.current?.list.cursor == 10)
    }
}
