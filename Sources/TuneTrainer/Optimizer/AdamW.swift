import CKernels
import Foundation

/// Adam with decoupled weight decay (Loshchilov, Hutter, 2019) on an adapter's numbers.
final class AdamW {
    let beta1: Float = 0.9
    let beta2: Float = 0.999
    let epsilon: Float = 1e-8
    /// Share of each number that an update of learning rate 1 takes away.
    let weightDecay: Float
    /// First and second moments.
    let m: Adapter
    let v: Adapter
    /// Updates made.
    var step = 0

    init(_ layout: AdapterLayout, weightDecay: Double = 0) {
        self.weightDecay = Float(weightDecay)
        m = Adapter(layout)
        v = Adapter(layout)
    }

    /// One update; `clip` scales the gradient first.
    func update(_ adapter: Adapter, gradient: Adapter, rate: Double, clip: Float, on team: Team) {
        step += 1
        let correction1 = Float(1 - pow(Double(beta1), Double(step)))
        let correction2 = Float(1 - pow(Double(beta2), Double(step)))
        team.split(adapter.values.count, grain: 1_024) { range in
            let i = range.lowerBound
            tk_adamw(
                adapter.values.base + i, m.values.base + i, v.values.base + i, gradient.values.base + i, range.count,
                Float(rate), beta1, beta2, epsilon, weightDecay, clip, correction1, correction2)
        }
    }
}

extension Adapter {
    /// √Σ x², summed in f64 over pieces of a fixed size, so that it does not depend on the number of threads.
    func norm(on team: Team? = nil) -> Double {
        let length = 65_536
        let pieces = (values.count + length - 1) / length
        var sums = [Double](repeating: 0, count: pieces)
        sums.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let sums = sums
            let sum = { (range: Range<Int>) in
                for piece in range {
                    let start = piece * length
                    sums[piece] = tk_sum_of_squares(self.values.base + start, min(length, self.values.count - start))
                }
            }
            if let team { team.split(pieces, sum) } else { sum(0..<pieces) }
        }
        return sums.reduce(0, +).squareRoot()
    }
}
