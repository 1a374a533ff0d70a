import Foundation
import TuneModel

/// Learning rate over the steps: a linear rise, then what the run's schedule says.
struct Schedule {
    let kind: LearningRateSchedule
    let peak: Double
    let warmupSteps: Int
    let totalSteps: Int

    init(_ kind: LearningRateSchedule, peak: Double, warmupShare: Double, totalSteps: Int) {
        self.kind = kind
        self.peak = peak
        warmupSteps = Int((warmupShare * Double(totalSteps)).rounded(.up))
        self.totalSteps = totalSteps
    }

    /// Of a step counted from 0. The first step already learns.
    func rate(at step: Int) -> Double {
        if step < warmupSteps { return peak * Double(step + 1) / Double(warmupSteps) }
        let progress = min(1, Double(step - warmupSteps) / Double(max(1, totalSteps - warmupSteps)))
        switch kind {
        case .cosine: return peak * 0.5 * (1 + cos(.pi * progress))
        case .linear: return peak * (1 - progress)
        case .constant: return peak
        }
    }
}
