import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct RouterTests {
    private let router = Router()
    private let size = Size(width: 80, height: 24)

    private func deck(records: Int = 100) -> Deck.State {
        var state = Deck.State(language: .english)
        let facts = DatasetFacts(path: "/a.jsonl", shape: .completion, records: records, bytes: 1)
        _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        let rows = (0..<records).map { SheetRow(.record(.completion(prompt: "p\($0)", completion: "c"))) }
        _ = Deck.update(&state, .browse(.rowsArrived(path: "/a.jsonl", start: 0, rows)))
        return state
    }

    private func press(_ notation: String, _ state: inout Deck.State) throws {
        for key in try KeyNotation.keys(in: notation) {
            if let action = router.action(for: key, in: state, on: size) { _ = Deck.update(&state, action) }
        }
    }

    @Test func aPageIsAsLongAsThePaneShows() {
        let state = deck()
        let rows = DeckLayout(size: size, state: state).rows(of: .records)
        #expect(router.action(for: .pageDown, in: state, on: size) == .command(.pageDown, rows: rows))
        #expect(rows > 3 && rows < 20)
    }

    @Test func lettersAreTextWhileTextHasTheFocus() throws {
        var state = deck()
        try press("/q?1:", &state)
        #expect(state.focusedText?.text == "q?1:")
        #expect(state.closing == nil)
        try press("<esc>q", &state)
        #expect(state.closing != nil)
    }

    @Test func digitsTypedIntoAPromptDoNotChangeTheScreen() throws {
        var state = deck()
        try press("42 + 2", &state)
        #expect(state.tab == .ask)
        #expect(state.ask.prompt.text == "2 + 2")
        try press("<esc>1", &state)
        #expect(state.tab == .data)
    }

    @Test func controlKeysReachTheProgramThroughAField() throws {
        var state = deck()
        try press("4<c-p>", &state)
        guard case .palette? = state.dialogs.last else {
            Issue.record("no palette")
            return
        }
    }

    @Test func aDialogTakesTheKeysOfTheScreenBelow() throws {
        var state = deck()
        try press("?j2", &state)
        #expect(state.tab == .data)
        #expect(state.dialogs.count == 1)
        #expect(state.browse.current?.list.cursor == 0)
    }

    @Test func helpScrollsNoFurtherThanItsEnd() throws {
        var state = deck()
        try press("?G", &state)
        guard case .help(let top)? = state.dialogs.last else {
            Issue.record("no help")
            return
        }
        #expect(top > 0 && top < 60)
        try press("j", &state)
        #expect(state.dialogs.last == .help(top: top))
        try press("k<home>", &state)
        #expect(state.dialogs.last == .help(top: 0))
    }

    @Test func theCaretMovesByTheRowsThatAreSeen() throws {
        var state = deck(records: 1)
        try press("e<tab>", &state)
        let words = String(repeating: "word ", count: 40)
        _ = Deck.update(&state, .text(.insert(words)))
        let end = try #require(state.focusedText?.cursor)
        try press("<up>", &state)
        let above = try #require(state.focusedText?.cursor)
        #expect(above.line == 0)
        #expect((40..<80).contains(end.column - above.column))
    }

    @Test func tooSmallAScreenOnlyLetsOneLeave() {
        let tiny = Size(width: 59, height: 24)
        let state = deck()
        #expect(router.action(for: "e", in: state, on: tiny) == nil)
        #expect(router.action(for: "q", in: state, on: tiny) == .command(.quit, rows: 1))
    }

    @Test func pasteGoesInAsOnePiece() throws {
        var state = deck(records: 1)
        try press("e", &state)
        let action = router.action(for: .paste("a\nb"), in: state, on: size)
        #expect(action == .text(.insert("a\nb"), top: 0))
    }

    /// Whatever is pressed, in whatever order and at whatever size, nothing traps and every frame is drawn.
    @Test func anyKeysAtAnySizeAreSurvived() {
        var random = Seeded(state: 7)
        var state = deck()
        state.jobs.jobs = []
        let keys: [Key] =
            Array("12345jkhlgGeanNwptosc/[:?yxdrfibm q中é").map { .character($0) }
            + [.enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp]
            + [
                .pageDown, .function(12), .ctrl("s"), .ctrl("z"), .ctrl("y"), .ctrl("t"), .ctrl("p"), .ctrl("n"),
                .paste("x\ny"),
            ]
        for round in 0..<6000 {
            let size = Size(
                width: Int.random(in: 1...200, using: &random), height: Int.random(in: 1...60, using: &random))
            let key = keys.randomElement(using: &random)!
            if let action = router.action(for: key, in: state, on: size) { _ = Deck.update(&state, action) }
            if state.closing != nil { state = deck() }
            if round % 10 == 0 {
                var frame = Surface(size: size)
                _ = DeckView(state: state, theme: BuiltInTheme.theme, now: .distantPast).draw(on: &frame)
            }
        }
        #expect(state.closing == nil)
    }
}

/// The same numbers every time.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
