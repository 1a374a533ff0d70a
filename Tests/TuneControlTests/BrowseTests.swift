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

    private func rows(_ count: Int) -> [SheetRow] {
        (0..<count).map { SheetRow(.record(.completion(prompt: "\($0)", completion: ""))) }
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

    @Test func aFileThatIsStillReadGrowsUnderTheCursor() {
        var state = Browse.State()
        var head = facts(200)
        head.share = 0.1
        // The row that was left last time is not known yet.
        #expect(Browse.update(&state, .opened(head, row: 500)) == [.loadRows(path: path, range: 0..<200)])
        #expect(state.current?.list.cursor == 199)
        let effects = Browse.update(&state, .grown(facts(1000)))
        #expect(effects == [.loadRows(path: path, range: 100..<900), .inspect(path: path)])
        #expect(state.current?.list.cursor == 500)
    }

    @Test func aLongCheckTellsHowFarItIsAndCanBeCancelled() {
        var state = opened(1_000_000)
        _ = Browse.update(&state, .checking(path: path, 0.4))
        #expect(state.current?.inspection == .running && state.current?.checked == 0.4)
        #expect(Browse.update(&state, .checkCancelled) == [.stop(.inspecting(path: path))])
        guard case .failed? = state.current?.inspection else {
            Issue.record("it goes on")
            return
        }
    }
}
