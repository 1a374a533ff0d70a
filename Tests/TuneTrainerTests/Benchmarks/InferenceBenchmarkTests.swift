import CKernels
import Testing

@testable import TuneTrainer

/// That the measurements do the work that they say, on a tiny model; not how fast.
struct InferenceBenchmarkTests {
    private let model = Fixture.path("tiny_tied.gguf")

    @Test func decodingTellsWhatItReads() throws {
        let benchmark = try InferenceBenchmark(modelPath: model, threads: 2)
        let figures = benchmark.decode(20)
        #expect(figures.tokens == 20 && figures.tokensPerSecond > 0)
        guard LlamaStrips.isWorthwhile else { return #expect(figures.bytesPerToken == nil) }
        let weights = try LlamaWeights(PretrainedModel(path: model))
        let layout = KeyValueLayout(weights.config)
        let bytes = LlamaStrips.byteCount(weights) + layout.blockBytes / 64 * 10
        #expect(figures.bytesPerToken == bytes)
        let bandwidth = try #require(figures.bandwidthGBs)
        let share = try #require(figures.limitShare)
        #expect(abs(share - Double(bytes) * figures.tokensPerSecond / bandwidth / 1e9) < 1e-6 * share)
    }

    @Test func aPromptLongerThanAStepIsReadInSeveral() throws {
        let figures = try InferenceBenchmark(modelPath: model, threads: 1).prefill(600)
        #expect(figures.tokens == 600 && figures.tokensPerSecond > 0 && figures.bytesPerToken == nil)
    }

    @Test func streamsAreComparedWithOneAlone() async throws {
        let figures = try await InferenceBenchmark.streams(3, tokens: 5, modelPath: model, threads: 2)
        #expect(figures.streams == 3 && figures.alone > 0)
        #expect(figures.ratio == figures.together / figures.alone)
    }

    @Test func readingTakesAllBytesTogether() {
        let bytes = (0..<768).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let expected = bytes.withUnsafeBytes { words in
            stride(from: 0, to: 768, by: 8).reduce(0 as UInt64) {
                $0 ^ words.loadUnaligned(fromByteOffset: $1, as: UInt64.self)
            }
        }
        #expect(tk_read(bytes, bytes.count) == expected)
    }
}
