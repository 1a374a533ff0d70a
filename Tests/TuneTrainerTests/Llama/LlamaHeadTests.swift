import Testing

@testable import TuneTrainer

/// The head in bytes against the head in f32, on a tiny model.
struct LlamaHeadTests {
    private func gradient(_ tiny: TinyLlama, bytes: LlamaBytes?, threads: Int) -> (TokenOutcomes, [Float]) {
        let batch = PackedBatch(tiny.examples, promptLossWeight: 0.5)
        let rows = batch.tokens.count
        let model = Llama(tiny.weights, adapter: nil, capacity: rows, team: Team(size: threads), bytes: bytes)
        let x = Numbers(seed: 4).matrix(rows, tiny.weights.config.hidden)
        let dx = Matrix(zeros: rows, x.columns)
        let outcomes = model.predict(batch, x, dx: dx, scale: 0.1, scratch: HeadScratch(model))
        return (outcomes, dx.values)
    }

    @Test(arguments: ["tiny_tied", "tiny_untied"]) func lossesAndGradientAreNearThoseInFloats(_ name: String) throws {
        let tiny = try TinyLlama(name)
        let team = Team(size: 2)
        let bytes = LlamaBytes(
            tiny.weights, calibration: PackedBatch(tiny.examples, promptLossWeight: 0), on: team)
        let (expected, dx) = gradient(tiny, bytes: nil, threads: 2)
        let (found, dxInBytes) = gradient(tiny, bytes: bytes, threads: 2)
        #expect(worstDifference(found.loss, expected.loss) < 0.01)
        #expect(worstDifference(dxInBytes, dx) < 0.03)
        let agreeing = zip(found.best, expected.best).count { $0 == $1 }
        #expect(Double(agreeing) > 0.9 * Double(expected.best.count))
    }

    @Test func theNumberOfThreadsDoesNotShow() throws {
        let tiny = try TinyLlama("tiny_tied")
        let bytes = LlamaBytes(
            tiny.weights, calibration: PackedBatch(tiny.examples, promptLossWeight: 0), on: Team(size: 2))
        let results = [1, 2, 3].map { gradient(tiny, bytes: bytes, threads: $0) }
        #expect(results[0].1 == results[1].1 && results[0].1 == results[2].1)
        #expect(results[0].0.loss == results[1].0.loss && results[0].0.loss == results[2].0.loss)
    }
}
