import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct LayoutTests {
    nonisolated static let sizes = [(60, 16), (80, 24), (99, 30), (100, 24), (120, 40), (160, 48), (400, 100)]

    private func states() -> [Deck.State] {
        Tab.allCases.flatMap { tab -> [Deck.State] in
            var empty = Deck.State(language: .english)
            empty.tab = tab
            var full = empty
            let facts = DatasetFacts(path: "/a", shape: .completion, records: 5, bytes: 1)
            _ = Deck.update(&full, .browse(.opened(facts, row: 0)))
            full.jobs.jobs = [JobFixture.job]
            full.ask.base = "base"
            full.ask.model = "tuned"
            full.tab = tab
            return [empty, full]
                + (2...4).map { count in
                    var several = full
                    let models = (1...count).map { "model-\($0)" }
                    _ = Deck.update(&several, .compare(.modelsChosen(models, bases: [:])))
                    return several
                }
        }
    }

    @Test(arguments: sizes)
    func everythingIsOnTheScreenAndNothingOverlaps(width: Int, height: Int) {
        let screen = Rect(x: 0, y: 0, width: width, height: height)
        for state in states() {
            let layout = DeckLayout(size: screen.size, state: state)
            #expect(!layout.columns.isEmpty)
            for (index, column) in layout.columns.enumerated() {
                #expect(screen.intersection(column.frame) == column.frame)
                #expect(column.frame.intersection(layout.header).isEmpty)
                #expect(column.frame.intersection(layout.footer).isEmpty)
                for other in layout.columns[(index + 1)...] { #expect(column.frame.intersection(other.frame).isEmpty) }
                for (place, slot) in column.slots.enumerated() {
                    #expect(column.frame.inset().intersection(slot.inner) == slot.inner)
                    #expect(slot.inner.height > 0, "\(slot.part) at \(width)x\(height)")
                    for other in column.slots[(place + 1)...] { #expect(slot.inner.intersection(other.inner).isEmpty) }
                }
            }
        }
    }

    @Test func theSidePaneIsADrawerWhereItIsNarrow() {
        var state = states()[1]
        let size = Size(width: 80, height: 24)
        #expect(DeckLayout(size: size, state: state).slot(.datasets) == nil)
        _ = Deck.update(&state, .command(.drawer, rows: 5))
        #expect(DeckLayout(size: size, state: state).slot(.datasets) != nil)
        #expect(DeckLayout(size: Size(width: 120, height: 24), state: states()[1]).slot(.datasets) != nil)
    }
}
