import Foundation
import TuneModel

/// One step of a run, in one line that fits into 80 columns.
struct StepLine {
    private let step: StepMetrics

    init(_ step: StepMetrics) { self.step = step }

    func text(in language: Language) -> String {
        let width = "\(step.totalSteps)".count
        var number = String(repeating: " ", count: max(0, width - "\(step.step)".count)) + "\(step.step)"
        if step.totalSteps > 0 { number += "/\(step.totalSteps)" }
        let loss = String(format: "%.4f", step.trainingLoss)
        var line = Wording("step \(number)  loss \(loss)", "第 \(number) 步  损失 \(loss)")
        if let share = step.trainingTokenAccuracy.map(Self.percent) {
            line = line + Wording("  tokens \(share)", "  词元 \(share)")
        }
        if let share = step.trainingSequenceAccuracy.map(Self.percent) {
            line = line + Wording("  seqs \(share)", "  整句 \(share)")
        }
        if let speed = step.tokensPerSecond.map({ String(format: "%.0f", $0) }) {
            line = line + Wording("  \(speed) tok/s", "  \(speed) 词元/s")
        }
        if step.step < step.totalSteps, let seconds = step.secondsLeft, seconds.isFinite {
            let left = Self.clock(seconds)
            line = line + Wording("  ETA \(left)", "  剩余 \(left)")
        }
        if let validation = step.validationLoss {
            let loss = String(format: "%.4f", validation)
            line = line + Wording("  valid \(loss)", "  验证 \(loss)")
        }
        return line[language]
    }

    private static func percent(_ share: Double) -> String { String(format: "%4.1f%%", share * 100) }

    /// `1:05`, `2:03:09`.
    static func clock(_ seconds: Double) -> String {
        let seconds = Int(max(0, min(seconds, 1e9)).rounded())
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }
}
