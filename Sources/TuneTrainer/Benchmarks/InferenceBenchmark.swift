import Foundation
import TuneModel

/// How fast this machine reads a prompt and writes answers.
public struct InferenceBenchmark {
    /// What was measured.
    public struct Figures: Hashable, Codable, Sendable {
        public var tokensPerSecond: Double
        /// Tokens in each of the runs.
        public var tokens: Int
        /// Peak resident memory of the process, in MB (10⁶ bytes).
        public var peakMemoryMB: Double
        /// Of weights, keys and values, read for each token of an answer; nil where reading is not what it takes.
        public var bytesPerToken: Int?
        /// What the team reads from memory, measured on the spot. In 10⁹ bytes a second.
        public var bandwidthGBs: Double?
        /// Of the bandwidth: 1 would be a run that does nothing but read.
        public var limitShare: Double?

        private enum CodingKeys: String, CodingKey {
            case tokensPerSecond = "tokens_per_s"
            case tokens
            case peakMemoryMB = "peak_rss_mb"
            case bytesPerToken = "bytes_per_token"
            case bandwidthGBs = "bandwidth_gb_per_s"
            case limitShare = "limit_share"
        }
    }

    /// One answer by itself, and many at once.
    public struct StreamFigures: Hashable, Codable, Sendable {
        /// Tokens a second of one answer.
        public var alone: Double
        /// Of all answers together.
        public var together: Double
        public var streams: Int
        public var ratio: Double
        public var peakMemoryMB: Double

        private enum CodingKeys: String, CodingKey {
            case alone = "tokens_per_s"
            case together = "tokens_per_s_total"
            case streams, ratio
            case peakMemoryMB = "peak_rss_mb"
        }
    }

    private let model: BatchedLlama
    private static let runs = 5

    public init(modelPath: String, threads: Int) throws(TrainerError) {
        let weights = try LlamaWeights(PretrainedModel(path: modelPath))
        let team = Team(size: threads)
        let strips = LlamaStrips.isWorthwhile ? try LlamaStrips(weights, on: team) : nil
        model = BatchedLlama(weights, strips: strips, rows: 512, wanted: 1, team: team)
    }

    /// Reads a prompt of so many arbitrary tokens; the best of five runs.
    public func prefill(_ tokens: Int) -> Figures {
        figures(tokens) { prompt in
            let cache = KeyValueCache(model.layout)
            for first in stride(from: 0, to: tokens, by: model.rowLimit) {
                _ = model.step([StepPart(cache, Array(prompt[first..<min(first + model.rowLimit, tokens)]))])
            }
        }
    }

    /// Writes so many tokens one after the other; the best of five runs.
    public func decode(_ tokens: Int) -> Figures {
        var figures = figures(tokens) { prompt in
            let cache = KeyValueCache(model.layout)
            for token in prompt { _ = model.step([StepPart(cache, [token])]) }
        }
        guard let strips = model.strips else { return figures }
        // Each token sees half of the answer, in the mean.
        let seen = model.layout.blockBytes / KeyValueLayout.tokens * tokens / 2
        let bytes = strips.bytesRead + seen
        let bandwidth = MemoryBandwidth.measured(on: model.team)
        figures.bytesPerToken = bytes
        figures.bandwidthGBs = bandwidth / 1e9
        figures.limitShare = Double(bytes) * figures.tokensPerSecond / bandwidth
        return figures
    }

    /// Writes answers of so many tokens to arbitrary short prompts, as any other answers are written: one by itself, then
    /// many at once; the best of three runs each.
    public static func streams(
        _ streams: Int, tokens: Int, modelPath: String, threads: Int
    ) async throws -> StreamFigures {
        var options = AnswerEngine.Options(threads: threads)
        (options.answers, options.prefixBytes) = (streams, 0)
        let engine = try AnswerEngine(modelPath: modelPath, options: options)
        let vocabulary = try engine.vocabulary()
        // No answer may end before the others.
        let bias = Dictionary(uniqueKeysWithValues: vocabulary.ends.map { ($0, -100.0) })
        func speed(_ count: Int) async throws -> Double {
            var best = 0.0
            // The first run lays the weights out.
            for _ in 0..<4 {
                let start = ContinuousClock.now
                let written = try await withThrowingTaskGroup(of: Int.self) { group in
                    for stream in 0..<count {
                        var source = SplitMix64(seed: UInt64(stream))
                        let request = AnswerRequest(
                            model: "", input: .tokens((0..<16).map { _ in Int32(source.below(vocabulary.count)) }),
                            maxTokens: tokens,
                            sampling: Sampling(temperature: 0.8, logitBias: bias, seed: UInt64(stream)))
                        group.addTask {
                            for try await case .finished(let summary) in engine.answer(request) {
                                return summary.completionTokens
                            }
                            return 0
                        }
                    }
                    return try await group.reduce(0, +)
                }
                best = max(best, Double(written) / (start.duration(to: .now) / .seconds(1)))
            }
            return best
        }
        let (alone, together) = (try await speed(1), try await speed(streams))
        return StreamFigures(
            alone: alone, together: together, streams: streams, ratio: together / alone,
            peakMemoryMB: ProcessMemory.peakMB)
    }

    // MARK: -

    private func prompt(_ tokens: Int) -> [Int32] {
        var source = SplitMix64(seed: 1)
        return (0..<tokens).map { _ in Int32(source.below(model.config.vocabulary)) }
    }

    private func best(_ work: () -> Void) -> Double {
        (0..<Self.runs).reduce(Double.infinity) { best, _ in
            let start = ContinuousClock.now
            work()
            return min(best, start.duration(to: .now) / .seconds(1))
        }
    }

    private func figures(_ tokens: Int, _ work: ([Int32]) -> Void) -> Figures {
        let prompt = prompt(tokens)
        let seconds = best { work(prompt) }
        return Figures(
            tokensPerSecond: Double(tokens) / seconds, tokens: tokens, peakMemoryMB: ProcessMemory.peakMB)
    }
}
