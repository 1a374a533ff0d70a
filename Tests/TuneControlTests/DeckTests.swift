import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct DeckTests {
    private func deck(records: Int = 10) -> Deck.State {
        var state = Deck.State(language: .english)
        _ = Deck.update(&state, .recalled(nil, files: []))
        let facts = DatasetFacts(path: "/a.jsonl", shape: .completion, records: records, bytes: 1)
        _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        let rows = (0..<records).map { SheetRow(.record(.completion(prompt: "p\($0)", completion: "c"))) }
        _ = Deck.update(&state, .browse(.rowsArrived(path: "/a.jsonl", start: 0, rows)))
        return state
    }

    @discardableResult
    private func give(_ command: Command, to state: inout Deck.State) -> [Effect] {
        Deck.update(&state, .command(command, rows: 10))
    }

    @Test(arguments: Command.allCases)
    func everyCommandHasItsWords(command: Command) {
        for language in Language.allCases {
            #expect(!command.title[language].isEmpty)
            #expect(!command.label[language].isEmpty)
        }
        #expect(command.rawValue.contains("."))
    }

    @Test(arguments: Command.allCases)
    func aCommandThatIsNotPossibleDoesNothing(command: Command) {
        var state = Deck.State(language: .english)
        guard !state.allows(command) else { return }
        let before = state
        #expect(Deck.update(&state, .command(command, rows: 5)) == [])
        #expect(state == before)
    }

    @Test func leavingAChangedRecordAsksFirst() {
        var state = deck()
        give(.editRecord, to: &state)
        _ = Deck.update(&state, .text(.insert("x")))
        give(.back, to: &state)
        #expect(state.dialogs.last == .confirm(.discard))
        give(.confirmNo, to: &state)
        guard case .editor(let editor)? = state.dialogs.last else {
            Issue.record("the editor is gone")
            return
        }
        #expect(editor.record == .completion(prompt: "p0x", completion: "c"))
        give(.back, to: &state)
        give(.confirmYes, to: &state)
        #expect(state.dialogs.isEmpty)
    }

    @Test func leavingAnUntouchedRecordAsksNothing() {
        var state = deck()
        give(.editRecord, to: &state)
        give(.back, to: &state)
        #expect(state.dialogs.isEmpty)
    }

    @Test func backDismissesAFailureBeforeAnythingElse() {
        var state = deck()
        give(.focusNext, to: &state)
        let why = Explanation(Wording("no", "无"), next: Wording("x", "x"))
        _ = Deck.update(&state, .notice(.failed(why, at: Date(timeIntervalSince1970: 0))))
        give(.back, to: &state)
        #expect(state.notices.shown == nil)
        #expect(state.pane == .datasets)
        #expect(state.notices.log.count == 1)
    }

    @Test func theSameFailureAgainAndAgainIsToldOnce() {
        var state = deck()
        let why = Explanation(Wording("no", "无"), next: Wording("x", "x"))
        for _ in 0..<3 { _ = Deck.update(&state, .notice(.failed(why, at: Date(timeIntervalSince1970: 0)))) }
        #expect(state.notices.log.count == 1)
    }

    @Test func destroyingAsksFirst() {
        var state = deck()
        state.jobs.jobs = [JobsTests.job("a")]
        state.jobs.list.resize(to: 1)
        give(.showJobs, to: &state)
        #expect(give(.cancelJob, to: &state) == [])
        #expect(give(.confirmYes, to: &state) == [.cancelJob(JobsTests.job("a").id)])
        #expect(!state.allows(.deleteJob))
    }

    @Test func theNewModelIsTheOneToAskWhenItsJobEnds() {
        var state = deck()
        _ = Deck.update(&state, .jobs(.arrived([JobsTests.job("a")])))
        var done = JobsTests.job("a", .succeeded)
        done.fineTunedModel = "ft:base:personal:a:1"
        let effects = Deck.update(&state, .jobs(.arrived([done])))
        #expect(effects.contains(.loadModels))
        #expect(state.ask.model == "ft:base:personal:a:1")
        #expect(state.ask.base == "base")
    }

    @Test func quittingTellsOfJobsThatGoOnAndRemembersWhatIsOpen() {
        var state = deck()
        _ = Deck.update(&state, .browse(.moved(.lines(3), rows: 10)))
        state.jobs.jobs = [JobsTests.job("a", suffix: "one"), JobsTests.job("b", .queued, suffix: "two")]
        let effects = give(.quit, to: &state)
        #expect(
            state.closing?.farewell?.english == "one, two go on in the background; `tunedeck` shows them again.")
        #expect(
            effects == [.remember(Remembered(files: [.init(path: "/a.jsonl", row: 3)], current: "/a.jsonl"))])
    }

    @Test func quittingWithNothingRunningSaysNothing() {
        var state = deck()
        state.jobs.jobs = [JobsTests.job("a", .succeeded), JobsTests.job("b", .paused)]
        give(.quit, to: &state)
        #expect(state.closing == Deck.Closing(farewell: nil))
    }

    @Test func whatWasOpenIsOpenedAgainWithTheOneOnShowLast() {
        var state = Deck.State(language: .english)
        let remembered = Remembered(
            tab: .data, files: [.init(path: "/a", row: 2), .init(path: "/b", row: 0)], current: "/a")
        let effects = Deck.update(&state, .recalled(remembered, files: []))
        #expect(effects == [.openDatasets([.init(path: "/b", row: 0), .init(path: "/a", row: 2)])])
    }

    /// One effect, because two could overtake each other.
    @Test func theFirstFileThatWasAskedForIsOnShow() {
        var state = Deck.State(language: .english)
        let remembered = Remembered(tab: .jobs, files: [.init(path: "/old", row: 2)], current: "/old")
        let effects = Deck.update(&state, .recalled(remembered, files: ["/a", "/b"]))
        let order: [Remembered.OpenFile] = [
            .init(path: "/old", row: 2), .init(path: "/b", row: 0), .init(path: "/a", row: 0),
        ]
        #expect(effects == [.openDatasets(order)])
        #expect(state.tab == .data)
    }

    @Test func aMissingBaseIsFetchedFromTheForm() {
        var state = deck()
        _ = Deck.update(&state, .models(.arrived([], bases: [BaseModel(name: "smollm2-135m", isPresent: false)])))
        give(.train, to: &state)
        #expect(give(.accept, to: &state) == [.fetchBase("smollm2-135m")])
        #expect(give(.accept, to: &state) == [])
        let card = ModelCard(name: "smollm2-135m", kind: .base, createdAt: Date(timeIntervalSince1970: 0), bytes: 1)
        _ = Deck.update(&state, .models(.fetchEnded("smollm2-135m")))
        _ = Deck.update(&state, .models(.arrived([card], bases: [BaseModel(name: "smollm2-135m", isPresent: true)])))
        guard case .createJob(let request)? = give(.accept, to: &state).first else {
            Issue.record("no job was started")
            return
        }
        #expect(request.trainingFile == "/a.jsonl")
    }

    @Test func thePaletteOffersWhatIsPossibleAndFindsItByAFewLetters() {
        var state = deck()
        give(.palette, to: &state)
        for letter in ["p", "r", "e", "p"] { _ = Deck.update(&state, .text(.insert(letter))) }
        guard case .palette(let palette)? = state.dialogs.last else {
            Issue.record("no palette")
            return
        }
        #expect(palette.chosen == .prepare)
        #expect(!palette.offered.contains(.cancelJob))
        #expect(give(.accept, to: &state) == [.analyse(path: "/a.jsonl")])
    }

    @Test func keysGoToTheTextThatHasTheFocus() {
        var state = deck()
        #expect(state.focusedText == nil)
        give(.search, to: &state)
        #expect(state.scopes == [.search])
        _ = Deck.update(&state, .text(.insert("q")))
        #expect(state.focusedText?.text == "q")
        give(.showAsk, to: &state)
        #expect(state.pane == .prompt)
    }

    @Test func aCorrectionIsOnlyOfferedToDatasetsOfItsShape() {
        var state = deck()
        for (path, shape) in [("/chat.jsonl", Record.Shape.chat), ("/b.jsonl", .completion)] {
            let facts = DatasetFacts(path: path, shape: shape, records: 1, bytes: 1)
            _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        }
        #expect(state.correctionTargets(state.ask.hints).paths == ["/b.jsonl", "/a.jsonl"])
        state.ask.hints = AskHints(separator: "", stop: "", isChat: true, dataset: "/learned.jsonl")
        #expect(state.correctionTargets(state.ask.hints).shape == .chat)
        #expect(state.correctionTargets(state.ask.hints).paths == ["/learned.jsonl", "/chat.jsonl"])
    }

    @Test func aFineTunedModelIsTrainedFurther() {
        var state = deck()
        state.tab = .models
        let name = "ft:base:personal:a:2026-11-22-14-03-20"
        let job = JobID("ftjob-" + String(repeating: "a", count: 24))!
        let card = ModelCard(
            name: name, kind: .fineTuned(base: "base", job: job), createdAt: Date(timeIntervalSince1970: 0), bytes: 1)
        _ = Deck.update(&state, .models(.arrived([card], bases: [BaseModel(name: "base", isPresent: true)])))
        give(.trainModel, to: &state)
        guard case .launch(let form)? = state.dialogs.last else {
            Issue.record("no form")
            return
        }
        #expect(form.text(.base) == name && form.missingBase == nil)
    }
}
