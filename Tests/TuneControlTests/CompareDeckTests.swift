import Foundation
import Testing
import TuneData
import TuneModel

@testable import TuneControl

/// Comparing, as part of the whole dashboard.
struct CompareDeckTests {
    private let made = Date(timeIntervalSince1970: 0)
    private let summary = AnswerSummary(finish: .stop, promptTokens: 1, completionTokens: 1, tokensPerSecond: 1)

    private func cards(_ names: [String]) -> [ModelCard] {
        names.map { name in
            let job = JobID("ftjob-" + String(repeating: "a", count: 24))!
            return ModelCard(
                name: name, kind: name.hasPrefix("ft:") ? .fineTuned(base: "base", job: job) : .base, createdAt: made,
                bytes: 1)
        }
    }

    private func deck(_ names: [String], files: [(String, Record.Shape)] = []) -> Deck.State {
        var state = Deck.State(language: .english)
        _ = Deck.update(&state, .recalled(nil, files: []))
        for (path, shape) in files {
            let facts = DatasetFacts(path: path, shape: shape, records: 5, bytes: 1)
            _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        }
        _ = Deck.update(&state, .models(.arrived(cards(names), bases: [])))
        _ = Deck.update(&state, .command(.showCompare, rows: 1))
        return state
    }

    private func vote(_ verdict: Command, in state: inout Deck.State) {
        _ = Deck.update(&state, .text(.insert("What?")))
        _ = Deck.update(&state, .command(.ask, rows: 1))
        _ = Deck.update(&state, .compare(.drawn([1, 0])))
        for place in 0...1 {
            _ = Deck.update(&state, .compare(.arrived(place: place, .text(" x\(place)"))))
            _ = Deck.update(&state, .compare(.arrived(place: place, .finished(summary))))
        }
        _ = Deck.update(&state, .command(verdict, rows: 1))
    }

    @Test func theModelThatIsAskedStandsBesideItsBase() {
        #expect(deck(["base", "other", "ft:base:x"]).compare.models == ["base", "ft:base:x"])
        #expect(deck(["base", "other"]).compare.models == ["base", "other"])
        #expect(deck(["base"]).compare.models == [])
        #expect(deck([]).compare.models == [])
    }

    @Test func aModelThatIsGoneIsNotComparedAnyMore() {
        var state = deck(["base", "b", "c"])
        _ = Deck.update(&state, .command(.chooseModel, rows: 5))
        _ = Deck.update(&state, .command(.last, rows: 5))
        _ = Deck.update(&state, .command(.markModel, rows: 5))
        _ = Deck.update(&state, .command(.accept, rows: 5))
        #expect(state.compare.models == ["base", "b", "c"])
        _ = Deck.update(&state, .models(.arrived(cards(["b", "c"]), bases: [])))
        #expect(state.compare.models == ["b", "c"])
    }

    @Test func fewerThanTwoMarksAreNotAccepted() {
        var state = deck(["a", "b", "c"])
        _ = Deck.update(&state, .command(.chooseModel, rows: 5))
        _ = Deck.update(&state, .command(.markModel, rows: 5))
        _ = Deck.update(&state, .command(.accept, rows: 5))
        #expect(state.dialogs.count == 1)
        #expect(state.compare.models == ["a", "b"])
    }

    @Test func fourAtMostStandSideBySide() {
        var picker = ModelPicker(names: ["a", "b", "c", "d", "e"], marked: ["a", "b", "c", "d"])
        picker.list.move(.last, rows: 9)
        picker.toggleMark()
        #expect(picker.marked == ["a", "b", "c", "d"])
        picker.list.move(.first, rows: 9)
        picker.toggleMark()
        picker.list.move(.last, rows: 9)
        picker.toggleMark()
        #expect(picker.marked == ["b", "c", "d", "e"])
    }

    @Test func digitsAreVotesOnlyWhileThereIsSomethingToVoteOn() {
        var state = deck(["a", "b"])
        #expect(state.scopes == [.comparePrompt, .everywhere])
        vote(.help, in: &state)
        state.dialogs = []
        #expect(state.scopes.first == .voting)
        _ = Deck.update(&state, .command(.voteFirst, rows: 1))
        #expect(state.compare.votes.last?.winner == "b")
        #expect(state.scopes.first == .columns)
    }

    @Test func aVoteIsSavedAsAPreferenceWhereTheDataIs() throws {
        var state = deck(["a", "b"], files: [("/data/jargon.jsonl", .completion)])
        vote(.voteSecond, in: &state)
        _ = Deck.update(&state, .command(.savePair, rows: 1))
        guard case .editor(let editor)? = state.dialogs.last else {
            Issue.record("no editor")
            return
        }
        #expect(editor.target == .append(paths: ["/data/preferences.jsonl"], chosen: 0))
        #expect(editor.record.shape == .preference)
        let saved = Deck.update(&state, .command(.save, rows: 1))
        #expect(saved == [.appendRecord(path: "/data/preferences.jsonl", record: editor.record)])
    }

    @Test func openPreferencesComeBeforeAFileOfTheirOwn() {
        let state = deck(["a", "b"], files: [("/data/pairs.jsonl", .preference), ("/data/x.jsonl", .completion)])
        #expect(state.preferenceTargets == ["/data/pairs.jsonl", "/data/preferences.jsonl"])
    }

    @Test func aBadAnswerOpensAsARecord() {
        var state = deck(["a", "b"], files: [("/data/x.jsonl", .completion)])
        vote(.voteSecond, in: &state)
        _ = Deck.update(&state, .command(.focusPrevious, rows: 1))
        #expect(state.compare.focus == 0)
        _ = Deck.update(&state, .command(.correct, rows: 1))
        guard case .editor(let editor)? = state.dialogs.last else {
            Issue.record("no editor")
            return
        }
        #expect(editor.record == .completion(prompt: "What?", completion: " x0"))
        #expect(editor.target == .append(paths: ["/data/x.jsonl"], chosen: 0))
    }

    @Test func recordsComeOneAfterTheOtherFromWhereTheCursorIs() {
        var state = deck(["a", "b"], files: [("/data/x.jsonl", .completion)])
        #expect(
            Deck.update(&state, .command(.nextRecord, rows: 1)) == [.loadRecord(path: "/data/x.jsonl", row: 0, step: 1)]
        )
        let record = Record.completion(prompt: "p", completion: "c")
        _ = Deck.update(&state, .compare(.recordArrived(path: "/data/x.jsonl", row: 2, record)))
        #expect(
            Deck.update(&state, .command(.nextRecord, rows: 1)) == [.loadRecord(path: "/data/x.jsonl", row: 3, step: 1)]
        )
        #expect(
            Deck.update(&state, .command(.previousRecord, rows: 1))
                == [.loadRecord(path: "/data/x.jsonl", row: 1, step: -1)])
    }

    @Test func theModelsComparedLastComeBack() {
        var state = Deck.State(language: .english)
        let remembered = Remembered(tab: .compare, model: "b", compared: ["b", "a"])
        _ = Deck.update(&state, .recalled(remembered, files: []))
        _ = Deck.update(&state, .models(.arrived(cards(["a", "b"]), bases: [])))
        #expect(state.compare.models == ["b", "a"])
        #expect(state.remembered.compared == ["b", "a"])
    }

    @Test func theFocusGoesFromThePromptOverTheAnswersAndBack() {
        var state = deck(["a", "b"])
        vote(.help, in: &state)
        state.dialogs = []
        var seen: [String] = []
        for _ in 0..<4 {
            seen.append(state.compare.isTyping ? "prompt" : "\(state.compare.focus)")
            _ = Deck.update(&state, .command(.focusNext, rows: 1))
        }
        #expect(seen == ["0", "1", "prompt", "0"])
    }
}
