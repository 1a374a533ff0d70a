import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct OutboxTests {
    private func deck(_ text: String = "c") -> Deck.State {
        var state = Deck.State(language: .english)
        let facts = DatasetFacts(path: "/a.jsonl", shape: .completion, records: 1, bytes: 1)
        _ = Deck.update(&state, .browse(.opened(facts, row: 0)))
        let row = SheetRow(.record(.completion(prompt: "p", completion: text)))
        _ = Deck.update(&state, .browse(.rowsArrived(path: "/a.jsonl", start: 0, [row])))
        return state
    }

    private func job(_ status: JobStatus) -> Job {
        var job = Job(
            id: JobID("ftjob-" + String(repeating: "a", count: 24))!, status: status, model: "m", suffix: "jargon-1",
            trainingFile: "/a.jsonl", createdAt: Date(timeIntervalSince1970: 0), request: HyperparameterRequest())
        job.latest = nil
        return job
    }

    @Test func aRecordIsCopiedAsItsLine() {
        var state = deck()
        let effects = Deck.update(&state, .command(.copyRecord, rows: 1))
        #expect(state.outbox.items(after: 0) == [.copy(#"{"prompt":"p","completion":"c"}"#)])
        #expect(state.clipboard == #"{"prompt":"p","completion":"c"}"#)
        #expect(!effects.contains { if case .tell = $0 { true } else { false } })
    }

    @Test func aRecordThatIsTooLongForTheTerminalIsTold() {
        var state = deck(String(repeating: "x", count: 80_000))
        let effects = Deck.update(&state, .command(.copyRecord, rows: 1))
        let told = effects.compactMap { if case .tell(let why) = $0 { why } else { nil } }
        #expect(told.first?.what.english.contains("74994") == true)
        #expect(told.first?.what.chinese.contains("74994") == true)
        #expect(state.clipboard.utf8.count > 80_000)
    }

    @Test func theEndOfAJobIsToldOnceAndInTheChosenWay() {
        var state = Deck.State(language: .english)
        state.preferences.notification = .desktop
        _ = Deck.update(&state, .jobs(.arrived([job(.running)])))
        #expect(state.outbox.count == 0)
        _ = Deck.update(&state, .jobs(.arrived([job(.failed)])))
        _ = Deck.update(&state, .jobs(.arrived([job(.failed)])))
        #expect(state.outbox.items(after: 0) == [.notify(title: "TuneDeck", text: "jargon-1 has failed")])
    }

    @Test func theWayOfTellingIsSwitchedThroughAndKept() {
        var state = Deck.State(language: .english)
        let told = (0..<3).map { _ in
            let effects = Deck.update(&state, .command(.notification, rows: 1))
            #expect(effects.contains(.keep(state.preferences)))
            return state.preferences.tellsBy
        }
        #expect(told == [.desktop, .none, .bell])
    }

    @Test func whatWasSentIsNotSentAgain() {
        var outbox = Outbox()
        for index in 0..<20 { outbox.add(.copy("\(index)")) }
        #expect(outbox.count == 20)
        #expect(outbox.items(after: 18) == [.copy("18"), .copy("19")])
        #expect(outbox.items(after: 20).isEmpty)
    }
}
