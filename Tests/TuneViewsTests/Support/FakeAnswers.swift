import Foundation
import Synchronization
import TuneControl
import TuneModel

/// Answers and votes in memory.
final class FakeAnswers: Sendable {
    private struct Contents {
        var answers: [KeptAnswer] = []
        var votes: [Vote] = []
    }

    private let contents = Mutex(Contents())

    var kept: [KeptAnswer] { contents.withLock { $0.answers } }
    var votes: [Vote] { contents.withLock { $0.votes } }

    func add(_ vote: Vote) { contents.withLock { $0.votes.append(vote) } }

    func keep(_ request: AnswerRequest, _ prompt: String, _ answer: String, _ summary: AnswerSummary?) {
        contents.withLock {
            let number = Int64($0.answers.count + 1)
            $0.answers.append(
                KeptAnswer(
                    id: number, createdAt: Date(timeIntervalSince1970: 1_789_900_000 + Double(number) * 60),
                    model: request.model, prompt: prompt, answer: answer, summary: summary, request: request))
        }
    }

    /// The order of the answers is always turned round.
    var client: AnswerClient {
        AnswerClient(
            keep: { [self] in keep($0, $1, $2, $3) },
            list: { [self] words, limit in
                let found = kept.filter { answer in
                    words.allSatisfy { "\(answer.prompt)\n\(answer.answer)\n\(answer.model)".contains($0) }
                }
                return Array(found.reversed().prefix(limit))
            },
            delete: { [self] id in contents.withLock { $0.answers.removeAll { $0.id == id } } },
            vote: { [self] vote in add(vote) },
            unvote: { [self] in contents.withLock { _ = $0.votes.popLast() } },
            votes: { [self] in votes }, shuffled: { Array((0..<$0).reversed()) })
    }
}
