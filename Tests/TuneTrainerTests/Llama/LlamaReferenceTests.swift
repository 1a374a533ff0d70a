import Testing
import TuneModel

@testable import TuneTrainer

/// Logits, losses and gradients against transformers and PEFT, on models small enough to keep here.
struct LlamaReferenceTests {
    @Test(arguments: TinyLlama.Source.all) func logitsAreTheReferences(_ source: TinyLlama.Source) throws {
        let tiny = try TinyLlama(source)
        for (index, example) in tiny.examples.enumerated() {
            let expected = try tiny.fixture["logits.\(index)"]
            let decoder = SequenceDecoder(tiny.model(), capacity: 64)
            // Token by token takes the way of few rows, a whole prompt that of many.
            for (row, token) in example.tokens.enumerated() {
                let found = decoder.advance([token]).values
                let width = expected.shape[1]
                #expect(worstDifference(found, Array(expected.values[row * width..<(row + 1) * width])) < 1e-4)
            }
            let whole = SequenceDecoder(tiny.model(), capacity: 64).advance(example.tokens).values
            #expect(worstDifference(whole, Array(expected.values.suffix(whole.count))) < 1e-4)
        }
    }

    @Test(arguments: TinyLlama.Source.all) func lossIsTheReferences(_ source: TinyLlama.Source) throws {
        let tiny = try TinyLlama(source)
        let pass = BatchPass(tiny.model(), BatchShape(rows: 128, isKept: true), longest: 64)
        let plain = pass.outcome(of: PackedBatch(tiny.examples, promptLossWeight: 0))
        #expect(abs(plain.loss - tiny.facts.loss) < 1e-4)
        let adapted = BatchPass(tiny.model(try tiny.adapter()), BatchShape(rows: 128, isKept: true), longest: 64)
        #expect(
            abs(adapted.outcome(of: PackedBatch(tiny.examples, promptLossWeight: 0)).loss - tiny.facts.adapterLoss)
                < 1e-4)
    }

    /// Also when too long to be kept: computed again on the way back, to the bit the same.
    @Test(arguments: TinyLlama.Source.all) func gradientsAreTheReferences(_ source: TinyLlama.Source) throws {
        let tiny = try TinyLlama(source)
        let adapter = try tiny.adapter()
        let batch = PackedBatch(tiny.examples, promptLossWeight: 0)
        let scale = 1 / batch.weights.reduce(0, +)
        var gradients: [[Float]] = []
        for isKept in [true, false] {
            let gradient = Adapter(adapter.layout)
            let pass = BatchPass(tiny.model(adapter), BatchShape(rows: 128, isKept: isKept), longest: 64)
            _ = pass.outcome(of: batch, scale: scale, addingGradientTo: gradient)
            gradients.append(gradient.values.values)
            for site in adapter.layout.sites {
                let pair = gradient.pair(site)
                let prefix = "layers.\(site.layer).\(site.target.rawValue)"
                #expect(worstDifference(pair.a.values, try tiny.fixture["\(prefix).dA"].values) < 1e-3, "\(prefix).dA")
                #expect(worstDifference(pair.b.values, try tiny.fixture["\(prefix).dB"].values) < 1e-3, "\(prefix).dB")
            }
        }
        #expect(gradients[0] == gradients[1])
    }

    @Test(arguments: TinyLlama.Source.all) func theLikeliestContinuationIsTheReferences(_ source: TinyLlama.Source)
        throws
    {
        let tiny = try TinyLlama(source)
        let prompt = Array(tiny.facts.sequences[0].ids.prefix(4))
        let decoder = SequenceDecoder(tiny.model(), capacity: 64)
        var sampler = Sampler(Sampling(temperature: 0))
        var tokens: [Int32] = []
        var logits = decoder.advance(prompt)
        while tokens.count < tiny.facts.greedy.count {
            tokens.append(sampler.choose(logits))
            logits = decoder.advance([tokens.last!])
        }
        #expect(tokens == tiny.facts.greedy)
    }

    @Test func packedSequencesDoNotSeeEachOther() throws {
        let tiny = try TinyLlama("tiny_tied")
        let pass = BatchPass(tiny.model(), BatchShape(rows: 128, isKept: true), longest: 64)
        let together = pass.outcome(of: PackedBatch(tiny.examples, promptLossWeight: 0)).completionLoss
        let apart = tiny.examples.reduce(0) {
            $0 + pass.outcome(of: PackedBatch([$1], promptLossWeight: 0)).completionLoss
        }
        #expect(abs(together - apart) < 1e-4)
    }
}
