import Testing
import TuneModel

@testable import TuneTrainer

/// What is drawn by chance against PEFT and PyTorch with the same draws.
struct ChanceTests {
    /// The gradient of the mean loss over the tiny model's sequences, packed into groups of at most `limit` tokens.
    private func gradient(
        _ variants: Variants, _ adapter: Adapter, _ chance: Chance?, keptRows: Int = 128, limit: Int = 128,
        threads: Int = 2
    ) -> (loss: Double, gradient: Adapter) {
        let gradient = Adapter(adapter.layout)
        let pass = variants.pass(adapter, keptRows: keptRows, threads: threads)
        let batches = variants.tiny.examples.packed(into: limit).map { PackedBatch($0, promptLossWeight: 0) }
        let weight = batches.reduce(0) { $0 + $1.weights.reduce(0, +) }
        let sum = batches.reduce(into: BatchOutcome()) { sum, batch in
            sum += pass.outcome(of: batch, scale: 1 / weight, addingGradientTo: gradient, chance: chance)
        }
        return (sum.loss, gradient)
    }

    @Test(arguments: [128, 1]) func dropoutIsPEFTs(_ keptRows: Int) throws {
        let variants = try Variants()
        let drawn = variants.facts.dropout
        let adapter = try variants.adapter(dropout: drawn.share!)
        let (loss, gradient) = gradient(variants, adapter, drawn.chance, keptRows: keptRows)
        #expect(abs(loss - drawn.loss) < 1e-4)
        #expect(try variants.worstError(of: gradient, "dropout") < 1e-3)
    }

    @Test func noiseIsNEFTunes() throws {
        let variants = try Variants()
        let (loss, gradient) = gradient(variants, try variants.adapter(), variants.facts.noise.chance)
        #expect(abs(loss - variants.facts.noise.loss) < 1e-4)
        #expect(try variants.worstError(of: gradient, "noise") < 1e-3)
    }

    /// One batch or one for each sequence, kept or computed again, on any number of threads.
    @Test func packingDoesNotShow() throws {
        let variants = try Variants()
        let chance = Chance(seed: 1, step: 2, dropout: 0.4, noise: 3)
        let adapter = try variants.adapter(dropout: 0.4)
        let expected = gradient(variants, adapter, chance)
        for (limit, keptRows, threads) in [(1, 128, 2), (128, 1, 2), (128, 128, 1), (128, 128, 3)] {
            let other = gradient(variants, adapter, chance, keptRows: keptRows, limit: limit, threads: threads)
            #expect(abs(other.loss - expected.loss) < 1e-5)
            #expect(worstDifference(other.gradient.values.values, expected.gradient.values.values) < 1e-4)
        }
    }

    @Test func everyStepAndSeedDrawsAnew() throws {
        let variants = try Variants()
        let adapter = try variants.adapter(dropout: 0.4)
        let losses = [(1, 0), (1, 1), (2, 0)].flatMap { seed, step in
            [(0.4, 0.0), (0, 3)].map { dropout, noise in
                gradient(
                    variants, adapter, Chance(seed: UInt64(seed), step: step, dropout: dropout, noise: noise)
                ).loss
            }
        }
        #expect(Set(losses).count == losses.count)
    }

    @Test func evaluationLeavesNothingOut() throws {
        let variants = try Variants()
        let batch = PackedBatch(variants.tiny.examples, promptLossWeight: 0)
        let pass = variants.pass(try variants.adapter(dropout: 0.5))
        _ = pass.outcome(
            of: batch, scale: 1, addingGradientTo: Adapter(try variants.adapter(dropout: 0.5).layout),
            chance: Chance(seed: 1, step: 1, dropout: 0.5, noise: 9))
        #expect(abs(pass.outcome(of: batch).loss - variants.tiny.facts.adapterLoss) < 1e-4)
    }

    @Test func theShareThatIsAskedForIsLeftOut() {
        let x = Matrix(zeros: 200, 500)
        for i in 0..<x.count { x.base[i] = 1 }
        let y = Matrix(zeros: 200, 500)
        let identities = PackedBatch(
            [Example(row: 3, prompt: [], completion: Array(repeating: 7, count: 200), limit: 200)], promptLossWeight: 0
        ).identities
        for share in [0.05, 0.5, 0.9] {
            dropout(
                into: y, x, Dropout(share: share, seed: 4, identities: identities).mask(2, .up), on: Team(size: 2))
            let left = y.values.count { $0 == 0 }
            #expect(abs(Double(left) / 100_000 - share) < 0.005)
            // What stays is scaled so that the mean stays, too.
            #expect(abs(y.values.reduce(0) { $0 + Double($1) } / 100_000 - 1) < 0.05)
            // No column and no row is favoured.
            let rows = (0..<200).map { t in (0..<500).count { y.row(t)[$0] == 0 } }
            #expect(rows.allSatisfy { abs(Double($0) / 500 - share) < 0.12 })
        }
    }

    @Test func theScaleIsByTheRootOfTheRankWhereAsked() throws {
        let variants = try Variants()
        let pass = variants.pass(try variants.adapter(isRankStabilized: true))
        let found = pass.outcome(of: PackedBatch(variants.tiny.examples, promptLossWeight: 0)).loss
        #expect(abs(found - variants.facts.rankStabilizedLoss) < 1e-4)
    }
}
