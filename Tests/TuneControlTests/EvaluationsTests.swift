import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct EvaluationsTests {
    private let records = ["alpha", "beta", "gamma"]

    /// The first model has more right the later the record, the second the other way round.
    private func report(_ id: String = "eval-a", isComplete: Bool = true) -> EvaluationReport {
        var report = EvaluationReport(
            id: id, createdAt: Date(timeIntervalSince1970: 0),
            request: EvaluationRequest(models: ["base", "tuned"], dataset: "/d/test.jsonl"), name: "test.jsonl",
            records: records.enumerated().map {
                EvaluatedRecord(row: $0, prompt: "What is \($1)?", expected: "one two three")
            },
            models: [ModelOutcomes(model: "base", count: 3), ModelOutcomes(model: "tuned", count: 3)],
            segmentation: .western, labels: nil, judgePrompt: nil, isComplete: isComplete)
        let answers = [["none", "one", "one two"], ["one two three", "one two", "no"]]
        for (model, texts) in answers.enumerated() {
            for (record, text) in texts.enumerated() {
                report.models[model].outcomes[record] = RecordOutcome(
                    loss: RecordLoss(record: record, loss: Double(record), tokens: 3, right: 1, step: 0),
                    answer: WrittenAnswer(
                        text: text, finish: .stop, tokens: 3,
                        score: AnswerScore(text, expected: "one two three", .western)))
            }
        }
        return report
    }

    private func opened() -> Evaluations.Opened {
        let report = report()
        return Evaluations.Opened(report, EvaluationSummary(report))
    }

    @Test func theWorstRecordStandsFirst() {
        var opened = opened()
        #expect(opened.measure == .rougeL)
        #expect(opened.order == [2, 0, 1])
        opened.update(.modelChanged)
        #expect(opened.model == 0 && opened.order == [0, 1, 2])
        opened.update(.modelChanged)
        #expect(opened.model == 1 && opened.order == [2, 1, 0])
        opened.update(.modelChanged)
        #expect(opened.model == nil)
    }

    @Test func everyMeasureSortsInItsTurn() {
        var opened = opened()
        var seen: [Measure] = []
        for _ in opened.summary.measures {
            opened.update(.sorted)
            seen.append(opened.measure)
        }
        #expect(Set(seen) == Set(opened.summary.measures))
        while opened.measure != .loss { opened.update(.sorted) }
        #expect(opened.order == [2, 1, 0])
    }

    @Test func aFilterLooksIntoQuestionsAndAnswers() {
        var opened = opened()
        opened.update(.filtered("BETA"))
        #expect(opened.order == [1])
        opened.update(.filtered("none"))
        #expect(opened.order == [0])
        opened.update(.filtered("nowhere"))
        #expect(opened.order == [] && opened.selected == nil)
        opened.update(.filtered(""))
        #expect(opened.order.count == 3)
    }

    @Test func anEvaluationIsFollowedToItsEnd() {
        var state = Evaluations.State()
        let request = report().request
        #expect(Evaluations.update(&state, .started(request)) == [.evaluate(request)])
        let progress = EvaluationProgress(
            stage: .answers, model: "base", done: 1, total: 3, share: 0.2, secondsLeft: 9)
        #expect(Evaluations.update(&state, .progressed(progress)) == [])
        #expect(state.running?.progress == progress)
        #expect(Evaluations.update(&state, .cancelAsked) == [.cancelEvaluation])
        #expect(Evaluations.update(&state, .cancelAsked) == [])
        let report = report(isComplete: false)
        #expect(Evaluations.update(&state, .ended(report, EvaluationSummary(report))) == [.loadEvaluations])
        #expect(state.running == nil)
        #expect(state.opened?.report == report)
    }

    @Test func oneThatMeasuredNothingLeavesNothing() {
        var state = Evaluations.State()
        _ = Evaluations.update(&state, .started(report().request))
        #expect(Evaluations.update(&state, .ended(nil, nil)) == [])
        #expect(state.running == nil && state.opened == nil)
    }

    @Test func theListKeepsItsCursorOnWhatItWasOn() {
        var state = Evaluations.State()
        let (a, b) = (EvaluationCard(report("eval-a")), EvaluationCard(report("eval-b")))
        _ = Evaluations.update(&state, .listed([a]))
        _ = Evaluations.update(&state, .listed([b, a]))
        #expect(state.selected?.id == "eval-a")
        #expect(Evaluations.update(&state, .openAsked) == [.loadEvaluation("eval-a")])
        #expect(Evaluations.update(&state, .openAsked) == [])
        _ = Evaluations.update(&state, .loadFailed)
        #expect(Evaluations.update(&state, .openAsked) == [.loadEvaluation("eval-a")])
        _ = Evaluations.update(&state, .deleted("eval-a"))
        #expect(state.cards.map(\.id) == ["eval-b"])
    }

    @Test func anAnswerTakesThePlaceOfTheOldOneInItsForm() {
        let record = Record.completion(prompt: "q ->", completion: " old\n")
        #expect(record.answered(with: "new") == .completion(prompt: "q ->", completion: " new\n"))
        let chat = Record.chat([Message(role: "user", content: "q"), Message(role: "assistant", content: "old")])
        #expect(
            chat.answered(with: "new")
                == .chat([Message(role: "user", content: "q"), Message(role: "assistant", content: "new")]))
    }
}

struct EvaluationFormTests {
    private func form(records: Int = 20) -> EvaluationForm.State {
        EvaluationForm.State(
            dataset: "/d/test.jsonl", models: ["base", "one", "two"], chosen: ["one", "gone"], records: records)
    }

    @Test func theFormIsFilledIn() throws {
        let request = try form().request.get()
        #expect(request == EvaluationRequest(models: ["one"], dataset: "/d/test.jsonl"))
        #expect(try form(records: 5000).request.get().limit == 100)
    }

    @Test func rowsAreSwitched() throws {
        var form = form()
        let effects = EvaluationForm.update(&form, .toggled)
        #expect(try effects == [.estimateEvaluation(form.request.get())])
        #expect(try form.request.get().models == ["base", "one"])
        _ = EvaluationForm.update(&form, .moved(by: -1))
        #expect(form.row == .judge)
        _ = EvaluationForm.update(&form, .toggled)
        #expect(try form.request.get().judge == "base")
        _ = EvaluationForm.update(&form, .moved(by: -2))
        #expect(form.row == .answers)
        _ = EvaluationForm.update(&form, .toggled)
        #expect(form.rows.last == .answers)
        // A judge has nothing to judge then.
        #expect(try form.request.get().judge == nil && form.request.get().generates == false)
    }

    @Test func aFaultIsToldAndShown() {
        var form = form()
        _ = EvaluationForm.update(&form, .moved(by: 3))
        #expect(form.row == .limit && form.focusedText != nil)
        _ = EvaluationForm.update(&form, .edited(.insert("0")))
        guard case .failure(let fault) = form.request else {
            Issue.record("0 records were taken")
            return
        }
        #expect(fault.row == .limit)
        _ = EvaluationForm.update(&form, .moved(by: -1))
        _ = EvaluationForm.update(&form, .startAsked)
        #expect(form.row == .limit)
    }

    @Test func anEstimateOfAnOlderRequestIsNotShown() throws {
        var form = form()
        let request = try form.request.get()
        _ = EvaluationForm.update(&form, .toggled)
        _ = EvaluationForm.update(&form, .estimated(request, .done(EvaluationEstimate(records: 1, seconds: 2))))
        #expect(form.estimation == .running)
    }
}

struct EvaluationAndDeckTests {
    @Test func leavingStopsAnEvaluationAndKeepsWhatItHas() throws {
        var state = Deck.State(language: .english)
        _ = Deck.update(
            &state, .evaluations(.started(EvaluationRequest(models: ["m"], dataset: "/d/test.jsonl"))))
        let effects = Deck.update(&state, .command(.quit, rows: 1))
        #expect(effects.contains(.cancelEvaluation))
        #expect(effects.allSatisfy { $0.outlivesQuit })
        #expect(Effect.evaluate(EvaluationRequest(models: ["m"], dataset: "d")).outlivesQuit)
        #expect(state.closing?.farewell?.english.contains("test.jsonl is stopped") == true)
    }

    @Test func anEvaluationThatEndsElsewhereDoesNotPushItselfForward() {
        var state = Deck.State(language: .english)
        let request = EvaluationRequest(models: ["m"], dataset: "/d/test.jsonl")
        _ = Deck.update(&state, .evaluations(.started(request)))
        let report = EvaluationReport(
            id: "eval-a", createdAt: Date(timeIntervalSince1970: 0), request: request, name: "test.jsonl", records: [],
            models: [ModelOutcomes(model: "m", count: 0)], segmentation: .western, labels: nil, judgePrompt: nil)
        _ = Deck.update(&state, .evaluations(.ended(report, EvaluationSummary(report))))
        #expect(state.dialogs.isEmpty)
        state.dialogs = [.evaluations]
        _ = Deck.update(&state, .evaluations(.ended(report, EvaluationSummary(report))))
        #expect(state.dialogs == [.evaluations, .evaluation])
    }
}
