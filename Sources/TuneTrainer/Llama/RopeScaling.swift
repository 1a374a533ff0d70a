import Foundation

/// How the rotary frequencies of a model are changed so that it reads longer texts than it was first trained on.
enum RopeScaling: Hashable, Sendable {
    case none
    /// All frequencies are divided by the factor.
    case linear(factor: Double)
    /// Low frequencies are divided by the factor, high ones are kept, those between go over smoothly.
    case llama3(factor: Double, low: Double, high: Double, original: Double)

    /// What each pair's frequency is divided by, (D/2); empty for nothing.
    func divisors(headSize: Int, base: Double) -> [Float] {
        switch self {
        case .none: return []
        case .linear(let factor): return Array(repeating: Float(factor), count: headSize / 2)
        case .llama3(let factor, let low, let high, let original):
            return (0..<headSize / 2).map { i in
                let wavelength = 2 * Double.pi * pow(base, Double(2 * i) / Double(headSize))
                if wavelength < original / high { return 1 }
                if wavelength > original / low { return Float(factor) }
                let share = (original / wavelength - low) / (high - low)
                return Float(1 / ((1 - share) / factor + share))
            }
        }
    }
}
