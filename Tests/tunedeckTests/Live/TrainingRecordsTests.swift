import Testing
import TuneModel

@testable import tunedeck

struct TrainingRecordsTests {
    private func records(_ pairs: [(String, String)]) -> TrainingRecords {
        TrainingRecords(pairs.map { .completion(prompt: $0, completion: $1) })
    }

    @Test func commonMarksAreFound() {
        let records = records([("What is a hack? ->", " A quick job.\n"), ("What is foo? ->", " A name. Or not.\n")])
        #expect(records.separator == "? ->")
        #expect(records.ending == "\n")
    }

    @Test func fullStopThatAlsoEndsSentencesIsNoEnding() {
        #expect(records([("a", "One. Two."), ("b", "Three.")]).ending == nil)
        #expect(records([("a", "One."), ("b", "Three.")]).ending == ".")
    }

    @Test func piecesOfWordsAreNoMark() {
        #expect(records([("a", "Going\n"), ("b", "Doing\n")]).ending == "\n")
        #expect(records([("a", "Going"), ("b", "Doing")]).ending == nil)
        #expect(records([("a", "Toe END"), ("b", "One END")]).ending == " END")
    }

    @Test func markThatAlsoStandsInsideIsTakenWithWhatMakesItOne() {
        #expect(records([("a", "A\nB.\n"), ("b", "C.\n")]).ending == ".\n")
    }

    @Test func multiScalarMarksStayWhole() {
        let records = records([("a→", "一。###"), ("b→", "#二。###")])
        #expect(records.separator == "→")
        #expect(records.ending == "###")
    }

    @Test func oneRecordHasNothingInCommonWithOthers() {
        #expect(records([("a ->", "b\n")]).separator == nil)
        #expect(records([("a ->", "b\n")]).ending == nil)
    }

    @Test func chatsHaveNoMarks() {
        let chat = Record.chat([Message(role: "user", content: "a ->"), Message(role: "assistant", content: "b\n")])
        #expect(TrainingRecords([chat, chat]).ending == nil)
        let pair = Record.preference(input: [], preferred: [], rejected: [])
        #expect(TrainingRecords([pair]).isChat && TrainingRecords([chat]).isChat && !records([]).isChat)
    }

    @Test func emptyPromptsHaveNoSeparator() {
        #expect(records([("", "a\n"), ("", "b\n")]).separator == nil)
    }
}
