import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct AdamWTests {
    /// Three updates of one adapter, and the same in plain Swift.
    private func worstDifference(weightDecay: Double, clip: Float) throws -> Float {
        let layout = AdapterLayout(
            config: try TinyLlama("tiny_tied").weights.config, rank: 2, alpha: 4, targets: [.q])
        let adapter = Adapter(layout, seed: 1)
        let optimizer = AdamW(layout, weightDecay: weightDecay)
        let team = Team(size: 2)
        var (w, m, v) = (adapter.values.values, [Float](), [Float]())
        m = w.map { _ in 0 }
        v = m
        for step in 1...3 {
            let gradient = Adapter(layout, seed: UInt64(step + 1))
            optimizer.update(adapter, gradient: gradient, rate: 0.1, clip: clip, on: team)
            for (i, g) in gradient.values.values.map({ $0 * clip }).enumerated() {
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g * g
                let (mHat, vHat) = (m[i] / (1 - powf(0.9, Float(step))), v[i] / (1 - powf(0.999, Float(step))))
                w[i] -= 0.1 * (mHat / (vHat.squareRoot() + 1e-8) + Float(weightDecay) * w[i])
            }
        }
        return TuneTrainerTests.worstDifference(adapter.values.values, w)
    }

    @Test(arguments: [0, 0.5], [1, 0.01] as [Float]) func itIsWhatTheFormulaSays(_ decay: Double, _ clip: Float) throws
    {
        #expect(try worstDifference(weightDecay: decay, clip: clip) < 1e-4)
    }
}
