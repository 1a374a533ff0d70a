import Foundation
import Synchronization
import Testing

@testable import TuneModel

struct EvaluationRunTests {
    private let records: [Record] = (0..<20).map { .completion(prompt: "q\($0) ->", completion: " a\($0) END") }

    @Test func everythingIsMeasuredOfEveryModel() async throws {
        var run = try run(EvaluationRequest(models: ["right", "wrong"], dataset: "d"))
        let report = try await run.perform { _ in }
        #expect(report.isComplete)
        #expect(report.records.map(\.expected) == (0..<20).map { "a\($0)" })
        #expect(report.models[0].outcomes.allSatisfy { $0.answer?.score.isExact == true })
        #expect(report.models[1].outcomes.allSatisfy { $0.answer?.score.isExact == false })
        #expect(report.models[1].outcomes.map(\.loss?.record) == (0..<20).map { $0 })
    }

    @Test func answersAreAskedForSeveralAtATime() async throws {
        let gate = Gate()
        var services = self.services
        services.answer = { request in
            AsyncThrowingStream { tap in
                Task {
                    await gate.enter()
                    tap.yield(.text("x"))
                    tap.finish()
                }
            }
        }
        var run = try run(EvaluationRequest(models: ["m"], dataset: "d"), services)
        _ = try await run.perform { _ in }
        #expect(await gate.most == 8)
    }

    @Test func aModelIsAskedInTheFrameThatItLearned() {
        let frame = RecordFrame(of: records)
        #expect(frame.separator == " ->")
        let question = Exam.Question.prompt("q1 ->")
        func ask(_ manner: AskingManner) -> (AnswerRequest.Input, [String]) {
            let (input, stop) = manner.ask(question, in: frame)
            return (input, stop)
        }
        #expect(ask(.base) == (.prompt("q1 ->"), [" END"]))
        #expect(ask(AskingManner(learned: .completion, separator: " ->", ending: "\n")) == (.prompt("q1 ->"), ["\n"]))
        #expect(ask(AskingManner(learned: .completion, separator: "\n##\n", ending: nil)).0 == .prompt("q1\n##\n"))
        #expect(ask(AskingManner(learned: .chat)).0 == .chat([Message(role: "user", content: "q1")]))
        let turns = Exam.Question.chat([Message(role: "system", content: "s"), Message(role: "user", content: "u?")])
        #expect(AskingManner(learned: .completion, separator: "? ->").ask(turns, in: frame).input == .prompt("u? ->"))
    }

    @Test func theEndOfASentenceIsNoFrame() {
        let poems: [Record] = ["静夜思", "春晓"].map { .completion(prompt: "背诵《\($0)》", completion: "…") }
        let frame = RecordFrame(of: poems)
        #expect(frame.separator == "》")
        let question = Exam.Question.prompt("背诵《春晓》")
        let other = AskingManner(learned: .completion, separator: " ->", ending: nil)
        #expect(other.ask(question, in: frame).input == .prompt("背诵《春晓》 ->"))
        #expect(
            AskingManner(learned: .chat).ask(question, in: frame).input
                == .chat([Message(role: "user", content: "背诵《春晓》")]))
    }

    @Test func conversationsExpectTheirLastAnswer() throws {
        let messages = [
            Message(role: "user", content: "one"), Message(role: "assistant", content: "1"),
            Message(role: "user", content: "two"), Message(role: "assistant", content: " 2 "),
        ]
        let exam = try #require(Exam(.chat(messages), in: RecordFrame(of: [.chat(messages)])))
        #expect(exam.expected == "2")
        #expect(exam.text == "user: one\nassistant: 1\nuser: two")
        #expect(Exam(.chat([Message(role: "user", content: "u")]), in: RecordFrame(of: [])) == nil)
        let pair = Record.preference(
            input: [Message(role: "user", content: "q")], preferred: [Message(role: "assistant", content: "good")],
            rejected: [Message(role: "assistant", content: "bad")])
        #expect(Exam(pair, in: RecordFrame(of: [pair]))?.expected == "good")
        #expect(
            pair.measured
                == .chat([
                    Message(role: "user", content: "q", weight: 0), Message(role: "assistant", content: "good"),
                ]))
    }

    @Test func whatFailsIsKeptWithItsRecord() async throws {
        var services = self.services
        services.answer = { request in
            AsyncThrowingStream { tap in
                if request.input == .prompt("q3 ->") {
                    tap.finish(throwing: EvaluationError.noRecords(dataset: "no"))
                } else {
                    tap.yield(.text("fine"))
                    tap.finish()
                }
            }
        }
        var run = try run(EvaluationRequest(models: ["m"], dataset: "d"), services)
        let report = try await run.perform { _ in }
        #expect(report.isComplete)
        #expect(report.models[0].outcomes[3].failure != nil)
        #expect(report.models[0].outcomes.count { $0.answer != nil } == 19)
        #expect(EvaluationSummary(report).rows[0].failures == 1)
    }

    @Test func whatWasMeasuredBeforeACancelIsKept() async throws {
        let asked = Atomic(0)
        var services = self.services
        services.answer = { request in
            AsyncThrowingStream { tap in
                let number = asked.add(1, ordering: .relaxed).newValue
                // The first ten answer; the others never do.
                if number <= 10 {
                    tap.yield(.text("a"))
                    tap.finish()
                }
            }
        }
        let request = EvaluationRequest(models: ["one", "two"], dataset: "d")
        let start = try run(request, services)
        let task = Task {
            var run = start
            return try await run.perform { progress in
                if progress.stage == .answers, progress.done == 10 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        let report = try await task.value
        #expect(!report.isComplete)
        #expect(report.models[0].outcomes.count { $0.answer != nil } == 10)
        #expect(report.models[0].outcomes.allSatisfy { $0.loss != nil })
        #expect(report.models[1].outcomes.allSatisfy { $0 == RecordOutcome() })
    }

    @Test func anUnknownModelIsToldBeforeTheWork() async throws {
        var services = self.services
        services.manner = { _ in throw EvaluationError.noRecords(dataset: "unknown") }
        var run = try run(EvaluationRequest(models: ["m"], dataset: "d"), services)
        await #expect(throws: EvaluationError.noRecords(dataset: "unknown")) { _ = try await run.perform { _ in } }
    }

    @Test func classesAreKnownByTheWholeFile() async throws {
        let records: [Record] = (0..<30).map { .completion(prompt: "q\($0)", completion: $0 % 2 == 0 ? "yes" : "no") }
        var run = try EvaluationRun(
            EvaluationRequest(models: ["m"], dataset: "d", limit: 2), records: records, frame: RecordFrame(of: records),
            name: "d", services: services)
        let report = try await run.perform { _ in }
        #expect(report.records.count == 2)
        #expect(report.labels?.names == ["no", "yes"])
    }

    @Test func aFileWithoutAnswersIsRefused() {
        #expect(throws: EvaluationError.noRecords(dataset: "d")) {
            _ = try EvaluationRun(
                EvaluationRequest(models: ["m"], dataset: "d"), records: [], frame: RecordFrame(of: []),
                name: "d.jsonl",
                services: services)
        }
    }

    @Test func aJudgeGivesScoresAndItsSilenceIsCounted() async throws {
        let services = judged { _, number in number % 2 == 0 ? "Score: 8/10" : "I cannot say." }
        var run = try run(EvaluationRequest(models: ["m"], dataset: "d", judge: "judge"), services)
        let report = try await run.perform { _ in }
        let row = EvaluationSummary(report).rows[0]
        #expect(row.figures[.judge]?.value == 8)
        #expect(row.unjudged == 10)
        #expect(report.judgePrompt?.contains("{answer}") == true)
    }

    @Test func aPickThatFollowsThePlaceIsWorthHalfToBoth() async throws {
        let services = judged { _, _ in "A" }
        var run = try run(
            EvaluationRequest(models: ["one", "two"], dataset: "d", judge: "judge", judging: .pick), services)
        let report = try await run.perform { _ in }
        #expect(report.models.flatMap(\.outcomes).allSatisfy { $0.judgement?.points == 0.5 })
    }

    @Test func aPickForTheAnswerItselfIsWorthAll() async throws {
        let services = judged { prompt, _ in prompt.contains("<answer A>\nby one") ? "A" : "B" }
        var run = try run(
            EvaluationRequest(models: ["one", "two"], dataset: "d", judge: "judge", judging: .pick), services)
        let report = try await run.perform { _ in }
        #expect(report.models[0].outcomes.allSatisfy { $0.judgement?.points == 1 })
        #expect(report.models[1].outcomes.allSatisfy { $0.judgement?.points == 0 })
    }

    @Test func repliesAreReadStrictly() {
        #expect(Judge.score(in: "7") == 7)
        #expect(Judge.score(in: "Score: 7 out of 10.") == 7)
        #expect(Judge.score(in: "10/10") == 10)
        #expect(Judge.score(in: "评分：9") == 9)
        #expect(Judge.score(in: "between 3 and 5") == nil)
        #expect(Judge.score(in: "0") == nil)
        #expect(Judge.score(in: "11") == nil)
        #expect(Judge.score(in: "-5") == nil)
        #expect(Judge.score(in: "good") == nil)
        #expect(Judge.pick(in: "Answer B.", of: 2) == 1)
        #expect(Judge.pick(in: "B", of: 2) == 1)
        #expect(Judge.pick(in: "A or B", of: 2) == nil)
        #expect(Judge.pick(in: "C", of: 2) == nil)
    }

    @Test func theTimeLeftIsReckonedByStages() {
        var pace = EvaluationPace(losses: 10, answers: 10, judging: 0)
        #expect(pace.secondsLeft == nil)
        pace.note(.losses, done: 10, seconds: 10)
        #expect(pace.secondsLeft == 60)
        pace.note(.answers, done: 5, seconds: 5)
        #expect(pace.secondsLeft == 5)
        #expect(pace.share == 0.75)
    }

    // MARK: -

    private func run(_ request: EvaluationRequest, _ services: EvaluationServices? = nil) throws -> EvaluationRun {
        try EvaluationRun(
            request, records: records, frame: RecordFrame(of: records), name: "d.jsonl",
            services: services ?? self.services)
    }

    /// The model `right` answers what is expected.
    private var services: EvaluationServices {
        EvaluationServices(
            losses: { _, records in
                records.indices.map { RecordLoss(record: $0, loss: 2, tokens: 4, right: 1, step: 0) }
            },
            answer: { request in
                AsyncThrowingStream { tap in
                    guard case .prompt(let prompt) = request.input else { return tap.finish() }
                    let number = prompt.dropFirst().prefix { $0.isNumber }
                    tap.yield(.text(request.model == "right" ? " a\(number)" : " b"))
                    tap.yield(
                        .finished(
                            AnswerSummary(finish: .stop, promptTokens: 3, completionTokens: 2, tokensPerSecond: 100)))
                    tap.finish()
                }
            },
            manner: { _ in .base })
    }

    private func judged(_ reply: @escaping @Sendable (String, Int) -> String) -> EvaluationServices {
        let count = Atomic(0)
        return EvaluationServices(
            losses: { _, _ in [] },
            answer: { request in
                AsyncThrowingStream { tap in
                    if request.model == "judge", case .chat(let messages) = request.input {
                        tap.yield(.text(reply(messages[0].content, count.add(1, ordering: .relaxed).newValue)))
                    } else {
                        tap.yield(.text("by \(request.model)"))
                    }
                    tap.finish()
                }
            },
            manner: { _ in .base })
    }
}

/// Counts who is inside at the same time; lets nobody out before eight are in, or nobody else comes.
private actor Gate {
    private(set) var most = 0
    private var inside = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        inside += 1
        most = max(most, inside)
        if inside < 8, most < 8 {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            for one in waiting { one.resume() }
            waiting = []
        }
        inside -= 1
    }
}
