import Foundation
import Synchronization
import TuneControl
import TuneModel

/// Models in memory that answer with what a test has laid out.
final class FakeModels: ModelService {
    private struct Contents {
        var cards: [ModelCard] = []
        var answers: [String: Script] = [:]
        var requests: [AnswerRequest] = []
        var isBaseMissing = false
    }

    private let contents = Mutex(Contents())
    let made = Date(timeIntervalSince1970: 1_790_000_000)

    var requests: [AnswerRequest] { contents.withLock { $0.requests } }

    func addBase() {
        let card = ModelCard(name: "smollm2-135m", kind: .base, createdAt: made, bytes: 98_000_000)
        contents.withLock { $0.cards.insert(card, at: 0) }
    }

    func addTuned(_ name: String, job: JobID) {
        let card = ModelCard(
            name: name, kind: .fineTuned(base: "smollm2-135m", job: job), createdAt: made, bytes: 9_800_000)
        contents.withLock { $0.cards.append(card) }
    }

    func add(_ card: ModelCard) { contents.withLock { $0.cards.append(card) } }

    /// How a model answers.
    enum Script {
        case says(String)
        /// Comes so far, and then nothing more until it is stopped.
        case hangs(after: String)
        case fails(after: String)
    }

    func answer(_ model: String, _ text: String) { play(model, .says(text)) }
    func play(_ model: String, _ script: Script) { contents.withLock { $0.answers[model] = script } }

    var bases: BaseModelClient {
        BaseModelClient(
            list: { [self] in
                let isPresent = contents.withLock { $0.cards.contains { $0.name == "smollm2-135m" } }
                return [BaseModel(name: "smollm2-135m", isPresent: isPresent, downloadBytes: 98_000_000)]
            },
            fetch: { [self] _ in
                AsyncThrowingStream { news in
                    news.yield(
                        FetchProgress(done: 49_000_000, total: 98_000_000, stage: Wording("downloading", "正在下载")))
                    addBase()
                    news.finish()
                }
            })
    }

    func list() async throws -> [ModelCard] { contents.withLock { $0.cards } }

    func answer(_ request: AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error> {
        let script = contents.withLock { contents in
            contents.requests.append(request)
            return contents.answers[request.model] ?? .says("")
        }
        return AsyncThrowingStream { parts in
            for (index, word) in script.words.enumerated() {
                parts.yield(.text(word, request.alternatives == nil ? [] : [Self.token(word, index)]))
            }
            switch script {
            case .says:
                parts.yield(
                    .finished(AnswerSummary(finish: .stop, promptTokens: 8, completionTokens: 20, tokensPerSecond: 131))
                )
                parts.finish()
            case .hangs: break
            case .fails: parts.finish(throwing: FakeFailure())
            }
        }
    }

    /// A word as a token; every third was none of the likeliest, and every other one was doubtful.
    private static func token(_ word: String, _ index: Int) -> ChosenToken {
        let share = [0.91, 0.34, 0.02][index % 3]
        let chosen = ChosenToken.Chance(id: Int32(index), bytes: Array(word.utf8), logProbability: log(share))
        let others = [(" 床", 0.06), ("\n", 0.02), (" 👩‍👩‍👧", 0.004), (" a", 0.0001)].enumerated().map { place, other in
            ChosenToken.Chance(id: Int32(1000 + place), bytes: Array(other.0.utf8), logProbability: log(other.1))
        }
        return ChosenToken(chosen: chosen, alternatives: index % 3 == 2 ? others : [chosen] + others)
    }

    func delete(_ name: String) async throws { contents.withLock { $0.cards.removeAll { $0.name == name } } }
}

extension FakeModels.Script {
    /// Each with the space before it.
    fileprivate var words: [String] {
        let text =
            switch self {
            case .says(let text), .hangs(let text), .fails(let text): text
            }
        guard !text.isEmpty else { return [] }
        return text.split(separator: " ", omittingEmptySubsequences: false).enumerated().map { index, word in
            (index > 0 ? " " : "") + word
        }
    }
}

/// What a model of a test fails with.
struct FakeFailure: ExplainedError {
    var explanation: Explanation {
        Explanation(
            Wording("The prompt has 9,001 tokens, 809 more than the model takes.", "提示有 9,001 个词元，比模型的上限多 809 个。"),
            next: Wording("Shorten the prompt.", "请缩短提示。"))
    }

    var exitStatus: ExitStatus { .badData }
}
