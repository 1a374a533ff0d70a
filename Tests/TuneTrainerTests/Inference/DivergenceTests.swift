import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// How far the base model's probabilities are from transformers' on forty records: the fixture of `make_divergence.py`.
@Suite(.serialized) struct DivergenceTests {
    private struct Facts: Decodable {
        let sequences: [[Int32]]
    }

    /// Mean over all places of Σ p·(ln p − ln q), over the likeliest tokens and all others taken together.
    private func divergence(_ model: BatchedLlama) throws -> (mean: Double, worst: Double, places: Int) {
        let fixture = try TensorFixture("divergence")
        var divergences: [Double] = []
        for (index, tokens) in try fixture.facts(as: Facts.self).sequences.enumerated() {
            let places = try fixture["\(index).places"].values.map { Int($0) }
            let (ids, chances) = (try fixture["\(index).tokens"], try fixture["\(index).chances"])
            let cache = KeyValueCache(model.layout)
            let logits = model.step([StepPart(cache, tokens, wanted: tokens.count)])
            for (row, place) in places.enumerated() {
                let found = logits[rows: place..<place + 1]
                let top = found.values.max()!
                let logSum = Double(top) + log(found.values.reduce(0.0) { $0 + exp(Double($1 - top)) })
                let count = ids.shape[1]
                var (sum, restP, restQ) = (0.0, 1.0, 1.0)
                for i in row * count..<(row + 1) * count {
                    let (logP, logQ) = (Double(chances.values[i]), Double(found.base[Int(ids.values[i])]) - logSum)
                    sum += exp(logP) * (logP - logQ)
                    restP -= exp(logP)
                    restQ -= exp(logQ)
                }
                if restP > 1e-6 { sum += restP * log(restP / max(restQ, 1e-9)) }
                divergences.append(max(0, sum))
            }
        }
        return (
            divergences.reduce(0, +) / Double(divergences.count), divergences.max() ?? .nan, divergences.count
        )
    }

    @Test(arguments: [true, false]) func probabilitiesAreTheReferences(_ inStrips: Bool) throws {
        let weights = try LlamaWeights(PretrainedModel(path: TestModel.path))
        let team = Team(size: 2)
        let strips = inStrips ? try LlamaStrips(weights, on: team) : nil
        let model = BatchedLlama(weights, strips: strips, rows: 128, wanted: 128, team: team)
        let found = try divergence(model)
        #expect(found.places == 320)
        #expect(found.mean < (inStrips ? 1e-3 : 1e-5), "mean \(found.mean), worst \(found.worst)")
    }
}
