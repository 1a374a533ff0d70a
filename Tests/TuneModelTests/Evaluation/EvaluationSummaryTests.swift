import Foundation
import Testing

@testable import TuneModel

struct EvaluationSummaryTests {
    @Test func lossIsTheMeanOverTokensAndNotOverRecords() throws {
        var report = Sample.report(models: ["m"], expected: ["a", "b"], answers: [["a", "x"]])
        report.models[0].outcomes[0].loss = RecordLoss(record: 0, loss: 1, tokens: 30, right: 15, step: 0)
        report.models[0].outcomes[1].loss = RecordLoss(record: 1, loss: 4, tokens: 10, right: 10, step: 0)
        let row = EvaluationSummary(report).rows[0]
        #expect(row.figures[.loss]?.value == 70.0 / 40)
        #expect(row.figures[.tokenAccuracy]?.value == 25.0 / 40)
        #expect(row.figures[.sequenceAccuracy]?.value == 0.5)
        #expect(row.figures[.exactMatch]?.value == 0.5)
    }

    @Test func whatWasNotMeasuredIsNotThere() {
        let report = Sample.report(models: ["m"], expected: ["a", "b"], answers: [[nil, nil]])
        #expect(EvaluationSummary(report).measures.isEmpty)
        #expect(EvaluationSummary(report).rows[0].figures.isEmpty)
    }

    @Test func aClearDifferenceIsToldFromChance() throws {
        let expected = (0..<60).map { "answer \($0)" }
        let right = expected.map { Optional($0) }
        let wrong = expected.map { _ in Optional("nothing") }
        // One in which two answers are wrong, which could as well be none.
        let nearlyRight = expected.enumerated().map { Optional($0 < 1 ? "nothing" : $1) }
        let summary = EvaluationSummary(
            Sample.report(
                models: ["right", "nearly", "wrong"], expected: expected, answers: [right, nearlyRight, wrong]))
        let standings = summary.rows.map { $0.figures[.exactMatch]?.standing }
        #expect(standings == [.best, .even, .behind])
        let interval = try #require(summary.rows[1].figures[.exactMatch]?.interval)
        #expect(interval.lower < 59.0 / 60 && interval.upper == 1)
    }

    @Test func noneOfThoseThatAreTheSameIsTheBest() {
        let summary = EvaluationSummary(
            Sample.report(
                models: ["a", "b", "c"], expected: ["one", "two"],
                answers: [["one", "no"], ["no", "two"], ["no", "no"]]))
        #expect(summary.rows.map { $0.figures[.exactMatch]?.standing }.prefix(2) == [.even, .even])
    }

    @Test func answersOfOneWordHaveNoPairsOfWords() {
        let short = EvaluationSummary(
            Sample.report(models: ["a"], expected: ["yes", "no"], answers: [["yes", "yes and no and yes"]]))
        #expect(!short.measures.contains(.bleu) && !short.measures.contains(.rouge2))
        let long = EvaluationSummary(
            Sample.report(models: ["a"], expected: ["yes and no again", "no"], answers: [["yes", "no"]]))
        #expect(long.measures.contains(.bleu) && long.measures.contains(.rouge2))
    }

    @Test func theSameFiguresGiveTheSameIntervals() {
        let expected = (0..<30).map { "\($0)" }
        let answers = expected.map { Int($0)! % 3 == 0 ? "no" : Optional($0) }
        let report = Sample.report(models: ["a"], expected: expected, answers: [answers])
        #expect(EvaluationSummary(report) == EvaluationSummary(report))
    }

    /// The normal approximation of a share of 0.5 in 400 has a standard error of 0.025.
    @Test func anIntervalIsAsWideAsTheTextbookSays() throws {
        let expected = (0..<400).map { "\($0)" }
        let answers = expected.map { Int($0)! % 2 == 0 ? "no" : Optional($0) }
        let summary = EvaluationSummary(Sample.report(models: ["a"], expected: expected, answers: [answers]))
        let interval = try #require(summary.rows[0].figures[.exactMatch]?.interval)
        #expect(abs(interval.lower - (0.5 - 1.96 * 0.025)) < 0.01)
        #expect(abs(interval.upper - (0.5 + 1.96 * 0.025)) < 0.01)
    }

    @Test func theWorstComeFirst() {
        var report = Sample.report(
            models: ["a", "b"], expected: ["one two", "three four", "five six"],
            answers: [["one two", "three", nil], ["one", "none", nil]])
        report.models[0].outcomes[2].loss = RecordLoss(record: 2, loss: 9, tokens: 1, right: 0, step: 0)
        report.models[0].outcomes[0].loss = RecordLoss(record: 0, loss: 1, tokens: 1, right: 0, step: 0)
        #expect(report.worst(by: .rougeL) == [1, 0])
        #expect(report.worst(by: .rougeL, model: 0) == [1, 0])
        #expect(report.worst(by: .loss) == [2, 0])
        #expect(report.worst(by: .judge) == [])
        #expect(report.decisiveMeasure == .rougeL)
    }

    @Test func classesAreCountedWithThoseThatAnswerNone() throws {
        let expected = ["yes", "no", "yes", "no", "yes", "no"]
        let report = Sample.report(
            models: ["m"], expected: expected, answers: [["yes", "no", "no", "perhaps", "Yes!", "no"]])
        let classes = try #require(report.classification(of: 0))
        #expect(classes.rows.map(\.label) == ["no", "yes"])
        #expect(classes.matrix == [[2, 0, 1], [1, 2, 0]])
        #expect(EvaluationSummary(report).rows[0].figures[.accuracy]?.value == 4.0 / 6)
        let f1 = try #require(EvaluationSummary(report).rows[0].figures[.macroF1]?.value)
        #expect(abs(f1 - classes.macro.f1) < 1e-12)
        #expect(report.decisiveMeasure == .accuracy)
    }

    @Test func aReportIsTheSameAfterItWasKept() throws {
        let report = Sample.report(
            models: ["m"], expected: ["a", "b", "a", "b", "a", "b"], answers: [["a", "c", nil, "b", "a", nil]])
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(EvaluationReport.self, from: data) == report)
    }

    @Test func valuesReadAsPeopleWriteThem() {
        #expect(Measure.loss.text(2.30049) == "2.300")
        #expect(Measure.exactMatch.text(1) == "100.0 %")
        #expect(Measure.tokenAccuracy.text(0.0004) == "0.0 %")
        #expect(Measure.bleu.text(12.349) == "12.3")
        #expect(Measure.loss.text(-0.5) == "−0.500")
        #expect(Measure.loss.text(.nan) == "–")
    }
}

/// Reports as tests need them.
enum Sample {
    static func report(models: [String], expected: [String], answers: [[String?]]) -> EvaluationReport {
        EvaluationReport(
            id: "eval-test", createdAt: Date(timeIntervalSince1970: 1_790_000_000),
            request: EvaluationRequest(models: models, dataset: "/data/test.jsonl"), name: "test.jsonl",
            records: expected.enumerated().map { EvaluatedRecord(row: $0, prompt: "question \($0)", expected: $1) },
            models: zip(models, answers).map { model, answers in
                var outcomes = ModelOutcomes(model: model, count: expected.count)
                for (index, answer) in answers.enumerated() {
                    guard let answer else { continue }
                    outcomes.outcomes[index].answer = WrittenAnswer(
                        text: answer, finish: .stop, tokens: 3,
                        score: AnswerScore(answer, expected: expected[index], .western))
                }
                return outcomes
            }, segmentation: .western, labels: Labels(recognizedIn: expected), judgePrompt: nil, isComplete: true,
            seconds: 12)
    }
}
