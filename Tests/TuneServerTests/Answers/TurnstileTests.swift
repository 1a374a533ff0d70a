import Testing
import TuneModel

@testable import TuneServer

struct TurnstileTests {
    @Test func noMoreThanSoManyAnswersAreWrittenAtOnce() async throws {
        let models = FakeModels(pause: .milliseconds(5))
        let desk = AnswerDesk(models: models, turnstile: Turnstile(places: 3, waiting: 100))
        let request = AnswerRequest(model: "smollm2-135m", input: .prompt("a"))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { try await desk.answers(request.repeated(5)).count } }
            for try await count in group { #expect(count == 5) }
        }
        #expect(models.requests.count == 20)
        #expect(models.mostRunning <= 3)
    }

    @Test func whoComesWhenTooManyWaitIsSentAway() async throws {
        let turnstile = Turnstile(places: 1, waiting: 1)
        let (gate, open) = AsyncStream<Void>.makeStream()
        let first = Task { try await turnstile.pass { for await _ in gate {} } }
        let second = Task { try await turnstile.pass {} }
        while await !turnstile.isFull { await Task.yield() }
        await #expect(throws: APIError.tooManyRequests) { try await turnstile.pass {} }
        open.finish()
        try await first.value
        try await second.value
    }

    @Test func whoGivesUpWaitingLeavesHisPlace() async throws {
        let turnstile = Turnstile(places: 1, waiting: 1)
        let (gate, open) = AsyncStream<Void>.makeStream()
        let first = Task { try await turnstile.pass { for await _ in gate {} } }
        let second = Task { try await turnstile.pass {} }
        while await !turnstile.isFull { await Task.yield() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        let third = Task { try await turnstile.pass { 3 } }
        open.finish()
        try await first.value
        #expect(try await third.value == 3)
    }

    @Test func leavingTheAnswersStopsTheWork() async throws {
        let models = FakeModels(words: Array(repeating: "a", count: 1_000), pause: .milliseconds(1))
        let desk = AnswerDesk(models: models, turnstile: Turnstile(places: 3, waiting: 100))
        let parts = desk.parts(AnswerRequest(model: "smollm2-135m", input: .prompt("a")).repeated(2))
        let reading = Task { for try await _ in parts {} }
        while models.requests.count < 2 { await Task.yield() }
        reading.cancel()
        _ = await reading.result
        while models.stopped < 2 { await Task.yield() }
    }
}
