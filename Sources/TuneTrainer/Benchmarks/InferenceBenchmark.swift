/// How fast this machine reads a prompt and writes an answer.
public struct InferenceBenchmark {
    /// What was measured.
    public struct Figures: Hashable, Codable, Sendable {
        public var tokensPerSecond: Double
        /// Tokens in each of the runs.
        public var tokens: Int
        /// Peak resident memory of the process, in MB (10⁶ bytes).
        public var peakMemoryMB: Double

        private enum CodingKeys: String, CodingKey {
            case tokensPerSecond = "tokens_per_s"
            case tokens
            case peakMemoryMB = "peak_rss_mb"
        }
    }

    private let weights: LlamaWeights
    private let team: Team
    private static let runs = 3

    public init(modelPath: String, threads: Int) throws(TrainerError) {
        weights = try LlamaWeights(PretrainedModel(path: modelPath))
        team = Team(size: threads)
    }

    /// Reads a prompt of so many arbitrary tokens at once; the best of three runs.
    public func prefill(_ tokens: Int) -> Figures {
        figures(tokens) { prompt in
            let decoder = decoder(tokens)
            return { _ = decoder.advance(prompt) }
        }
    }

    /// Writes so many tokens one after the other; the best of three runs.
    public func decode(_ tokens: Int) -> Figures {
        figures(tokens) { prompt in
            let decoder = decoder(tokens + 1)
            _ = decoder.advance([prompt[0]])
            return { for token in prompt { _ = decoder.advance([token]) } }
        }
    }

    // MARK: -

    private func decoder(_ capacity: Int) -> SequenceDecoder {
        SequenceDecoder(Llama(weights, adapter: nil, capacity: capacity, team: team), capacity: capacity)
    }

    private func figures(_ tokens: Int, _ prepare: ([Int32]) -> () -> Void) -> Figures {
        var source = SplitMix64(seed: 1)
        let prompt = (0..<tokens).map { _ in Int32(source.below(weights.config.vocabulary)) }
        let seconds = (0..<Self.runs).map { _ in
            let work = prepare(prompt)
            let start = ContinuousClock.now
            work()
            return start.duration(to: .now) / .seconds(1)
        }
        return Figures(
            tokensPerSecond: Double(tokens) / (seconds.min() ?? .infinity), tokens: tokens,
            peakMemoryMB: ProcessMemory.peakMB)
    }
}
