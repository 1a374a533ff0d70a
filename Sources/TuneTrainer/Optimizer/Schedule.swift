import Foundation

/// Learning rate over the steps: a linear rise, then half a cosine down to 0.
struct Schedule {
    let peak: Double
    let warmupSteps: Int
    let totalSteps: Int

    init(peak: Double, warmupShare: Double, totalSteps: Int) {
        self.peak = peak
        warmupSteps = Int((warmupShare * Double(totalSteps)).rounded(.up))
        self.totalSteps = totalSteps
    }

    /// Of a step counted from 0. The first step already learns.
    func rate(at step: Int) -> Double {
        if step < warmupSteps { return peak * Double(step + 1) / Double(warmupSteps) }
        let progress = Double(step - warmupSteps) / Double(max(1, totalSteps - warmupSteps))
        return peak * 0.5 * (1 + cos(.pi * min(1, progress)))
    }
}
