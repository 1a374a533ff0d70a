import Foundation
import Testing
import TuneModel

@testable import TuneControl
@testable import TuneData

struct PrepareTests {
    /// Records that want a separator, an ending and a space.
    private func preparation() throws -> (Preparation, URL) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("prepare-\(UUID().uuidString).jsonl")
        let lines = (0..<120).map {
            #"{"prompt":"What is \#($0)?","completion":"It is number \#($0), or \#($0 * 7)\#($0 % 2 == 0 ? "." : "!")"}"#
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return (try Preparation(analysing: Dataset(opening: file.path)), file)
    }

    private func asked() throws -> Prepare.State {
        let (preparation, file) = try preparation()
        var state = Prepare.State()
        _ = Prepare.update(&state, .opened(path: file.path))
        _ = Prepare.update(&state, .analysed(path: file.path, preparation))
        return state
    }

    @Test func asksOneAfterTheOtherAndWritesAfterTheLast() throws {
        var state = try asked()
        var effects: [Effect] = []
        var asked: [PrepareQuestion.ID] = []
        while let question = state.question, asked.count < 20 {
            asked.append(question.id)
            effects = Prepare.update(&state, .answered(true))
        }
        #expect(asked.last == .write)
        #expect(asked.count > 2)
        guard case .writePrepared(let preparation)? = effects.first else {
            Issue.record("nothing is written")
            return
        }
        #expect(preparation.questions.allSatisfy { $0.answer == true })
    }

    @Test func goingBackTakesTheAnswerBack() throws {
        var state = try asked()
        let first = state.question?.id
        _ = Prepare.update(&state, .answered(false))
        #expect(state.question?.id != first)
        _ = Prepare.update(&state, .wentBack)
        #expect(state.question?.id == first)
        #expect(state.question?.answer == nil)
    }

    @Test func yesToAllKeepsWhatWasRefused() throws {
        var state = try asked()
        let first = try #require(state.question?.id)
        _ = Prepare.update(&state, .answered(false))
        let effects = Prepare.update(&state, .acceptedAll)
        guard case .writePrepared(let preparation)? = effects.first else {
            Issue.record("nothing is written")
            return
        }
        #expect(preparation.answers[first] == false)
        #expect(preparation.nextQuestion == nil)
    }

    @Test func noToTheLastQuestionWritesNothing() throws {
        var state = try asked()
        var effects: [Effect] = []
        while let question = state.question { effects = Prepare.update(&state, .answered(question.id != .write)) }
        #expect(effects == [])
        #expect(state.phase == .idle)
    }

    @Test func refusedSuggestionsLeaveTheFileAsItIs() throws {
        var state = try asked()
        var effects: [Effect] = []
        var count = 0
        while state.question != nil, count < 20 {
            effects = Prepare.update(&state, .answered(false))
            count += 1
        }
        guard case .writePrepared(let preparation)? = effects.first else {
            Issue.record("nobody says that nothing is to be done")
            return
        }
        #expect(!preparation.outcome.isChanged)
    }

    @Test func yesToAllTakesWhatIsSuggested() throws {
        var state = try asked()
        #expect(state.preparation?.questions.contains { $0.id == .setApart } == true)
        _ = Prepare.update(&state, .acceptedAll)
        #expect(state.preparation?.answers[.setApart] == false)
        #expect(state.preparation?.answers[.addSpace] == true)
    }

    @Test func whatTrainingTakesIsReckonedAfterWriting() throws {
        var state = try asked()
        _ = Prepare.update(&state, .acceptedAll)
        let files = PreparedFiles(
            training: "/a.jsonl", validation: nil, recipe: nil, trainingRecords: 2, validationRecords: 0,
            isWritten: true)
        #expect(Prepare.update(&state, .written(path: state.path, files)) == [.reckonCost(path: state.path, files)])
        _ = Prepare.update(&state, .reckoned(path: "/other", Wording(verbatim: "x")))
        #expect(state.cost == nil)
        _ = Prepare.update(&state, .reckoned(path: state.path, Wording(verbatim: "an hour")))
        #expect(state.cost == Wording(verbatim: "an hour"))
    }

    @Test func anAnalysisThatComesTooLateIsForgotten() throws {
        let (preparation, file) = try preparation()
        var state = Prepare.State()
        _ = Prepare.update(&state, .opened(path: file.path))
        _ = Prepare.update(&state, .left)
        _ = Prepare.update(&state, .analysed(path: file.path, preparation))
        #expect(state.phase == .idle)
    }
}
