import Foundation
import Synchronization
import TuneModel

/// Models that answer with the words of a script, one token each.
final class FakeModels: ModelService {
    private struct State {
        var requests: [AnswerRequest] = []
        var deleted: [String] = []
        var stopped = 0
        var running = 0
        var mostRunning = 0
    }

    /// What is answered, word by word.
    let words: [String]
    /// Waits before each word.
    let pause: Duration
    /// Thrown instead of an answer.
    let failure: (any Error)?
    private let state = Mutex(State())

    static let fineTuned = "ft:smollm2-135m:personal:jargon:2026-11-22-14-03-20"

    init(words: [String] = ["Hello", " world"], pause: Duration = .zero, failure: (any Error)? = nil) {
        self.words = words
        self.pause = pause
        self.failure = failure
    }

    var requests: [AnswerRequest] { state.withLock { $0.requests } }
    var deleted: [String] { state.withLock { $0.deleted } }
    /// Answers that nobody waited for any more.
    var stopped: Int { state.withLock { $0.stopped } }
    var mostRunning: Int { state.withLock { $0.mostRunning } }

    func list() async throws -> [ModelCard] {
        let job = JobID("ftjob-" + String(repeating: "a", count: 24))!
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        return [
            ModelCard(name: "smollm2-135m", kind: .base, createdAt: date, bytes: 9),
            ModelCard(
                name: Self.fineTuned, kind: .fineTuned(base: "smollm2-135m", job: job), createdAt: date, bytes: 1),
        ]
    }

    func delete(_ name: String) async throws { state.withLock { $0.deleted.append(name) } }

    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        state.withLock { state in
            state.requests.append(request)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
        let (stream, tap) = AsyncThrowingStream<AnswerPart, any Error>.makeStream()
        let work = Task {
            do {
                if let failure { throw failure }
                for (place, word) in words.enumerated() {
                    if pause > .zero { try await Task.sleep(for: pause) }
                    let token = ChosenToken.Chance(
                        id: Int32(place), bytes: Array(word.utf8), logProbability: -0.5 - Double(request.seed ?? 0) / 8)
                    let tokens = request.alternatives.map { count in
                        [ChosenToken(chosen: token, alternatives: count > 0 ? [token] : [])]
                    }
                    tap.yield(.text(word, tokens ?? []))
                }
                tap.yield(
                    .finished(
                        AnswerSummary(
                            finish: .stop, promptTokens: 5, completionTokens: words.count, tokensPerSecond: 9)))
                tap.finish()
            } catch {
                if error is CancellationError { state.withLock { $0.stopped += 1 } }
                tap.finish(throwing: error)
            }
            state.withLock { $0.running -= 1 }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }
}

extension AnswerRequest {
    fileprivate var seed: UInt64? { sampling.seed }
}
