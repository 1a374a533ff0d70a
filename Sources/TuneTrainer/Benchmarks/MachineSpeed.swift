import CKernels
import TuneModel

/// How fast this machine multiplies matrices of the sizes that training has.
enum MachineSpeed {
    /// Operations a second on all of the team's cores, a multiplication and an addition being two: the best of a few
    /// short runs, about a fifth of a second in all.
    static func measured(_ arithmetic: TrainingArithmetic, on team: Team) -> Double {
        switch arithmetic {
        case .float32: floats(on: team)
        case .int8: bytes(on: team)
        }
    }

    // MARK: -

    private static let (rows, inner, columns) = (512, 576, 1_536)

    private static func floats(on team: Team) -> Double {
        let (a, b, c) = (Matrix(zeros: rows, inner), Matrix(zeros: inner, columns), Matrix(zeros: rows, columns))
        return best {
            team.split(columns, grain: 16) { range in
                product(into: Window(c, columns: range), Window(a), Window(b, columns: range))
            }
        }
    }

    /// The bare products: bytes to sums, written out once.
    private static func bytes(on team: Team) -> Double {
        let (x, y) = (Buffer<UInt8>(zeros: rows * inner), Matrix(zeros: rows, columns))
        let weights = Buffer<Int8>(zeros: columns * inner)
        let (starts, ones) = (Buffer<Int32>(zeros: columns), Matrix(zeros: 1, max(rows, columns)))
        let panel = Int8Matrix.panel
        return best {
            team.split(columns, grain: panel) { range in
                for first in stride(from: range.lowerBound, to: range.upperBound, by: panel) {
                    var task = tk_byte_product(
                        y: y.base + first, y_stride: columns, added: nil, x: x.base, x_stride: inner,
                        panel: weights.base + first * inner, starts: starts.base + first,
                        column_scales: ones.base + first, row_scales: ones.base, inner: nil, thin: nil,
                        thin_stride: 0, rank: 0, rows: rows, columns: panel, inputs: inner)
                    tk_multiply_bytes(&task, byteLevel)
                }
            }
        }
    }

    private static func best(_ multiply: () -> Void) -> Double {
        // The first products set up code and pages.
        for _ in 0..<3 { multiply() }
        let times = 8
        let seconds = (0..<10).map { _ in
            let start = ContinuousClock.now
            for _ in 0..<times { multiply() }
            return start.duration(to: .now) / .seconds(1)
        }
        return 2 * Double(rows * inner * columns * times) / (seconds.min() ?? .infinity)
    }
}

extension LlamaConfig {
    /// Operations that a token takes in the products with the model's weights, forward and back: two for each weight each
    /// way, the head's for trained tokens only; two more for each weight that is trained itself. A preference run also
    /// takes each token through the reference, once, and goes over the head once more.
    func operations(_ settings: Hyperparameters, trainedShare: Double, epochs: Double = 1) -> Double {
        let (blocks, head) = (Double(layers * blockParameters), Double(hidden * vocabulary) * trainedShare)
        let learning = (settings.tuning == .full ? 6 : 4) * blocks + 4 * head
        guard case .dpo = settings.method else { return learning }
        return learning + 2 * head + 2 * (blocks + head) / max(1, epochs)
    }
}
