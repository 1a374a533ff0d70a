import Foundation
import TuneModel

/// Jobs side by side, as rows of cells under a heading.
struct ComparisonSheet {
    let rows: [[String]]

    init(_ comparison: JobComparison) {
        var heading = ["", told("job", "任务"), told("status", "状态")]
        heading += comparison.names.map(\.rawValue)
        heading += [told("steps", "步数"), told("train loss", "训练损失"), told("lowest", "最低")]
        if comparison.isValidated {
            heading += [told("valid loss", "验证损失"), told("best", "最佳"), told("at step", "所在步")]
        }
        heading += [told("tokens", "词元"), told("seqs", "整句"), told("tok/s", "词元/秒"), told("time", "用时")]
        rows = [heading] + comparison.rows.map { Self.cells($0, isValidated: comparison.isValidated) }
    }

    private static func cells(_ row: JobComparison.Row, isValidated: Bool) -> [String] {
        var cells = [row.isBest ? "★" : " ", row.job.title, row.job.status.name[Speech.language]]
        cells += row.settings.map { $0 ?? "–" }
        let figures = row.figures
        cells += [figures.map { "\($0.steps)" } ?? "–", loss(figures?.trainingLoss), loss(figures?.lowestTrainingLoss)]
        if isValidated {
            cells += [
                loss(figures?.validationLoss), loss(figures?.bestValidationLoss),
                figures?.bestStep.map { "\($0)" } ?? "–",
            ]
        }
        cells += [
            share(figures?.tokenAccuracy), share(figures?.sequenceAccuracy),
            figures?.tokensPerSecond.map { String(format: "%.0f", $0) } ?? "–", row.seconds.map(StepLine.clock) ?? "–",
        ]
        return cells
    }

    private static func loss(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "–" }
    private static func share(_ value: Double?) -> String { value.map { String(format: "%.1f%%", $0 * 100) } ?? "–" }
}

extension JobComparison {
    var json: JSONOutput {
        .object([
            ("object", "fine_tuning.comparison"), ("differs", .list(names.map { .text($0.rawValue) })),
            ("best_by", isValidated ? "valid_loss" : "train_loss"),
            ("best", JSONOutput(rows.first(where: \.isBest)?.job.id.text)), ("data", .list(rows.map { row(of: $0) })),
        ])
    }

    private func row(of row: Row) -> JSONOutput {
        let figures = row.figures
        return .object([
            ("id", .text(row.job.id.text)), ("status", .text(row.job.status.text)),
            ("user_provided_suffix", JSONOutput(row.job.suffix)),
            ("fine_tuned_model", JSONOutput(row.job.fineTunedModel)),
            ("settings", .object(zip(names, row.settings).map { ($0.rawValue, JSONOutput($1)) })),
            ("steps", JSONOutput(figures?.steps)), ("train_loss", JSONOutput(figures?.trainingLoss)),
            ("lowest_train_loss", JSONOutput(figures?.lowestTrainingLoss)),
            ("valid_loss", JSONOutput(figures?.validationLoss)),
            ("best_valid_loss", JSONOutput(figures?.bestValidationLoss)), ("best_step", JSONOutput(figures?.bestStep)),
            ("token_accuracy", JSONOutput(figures?.tokenAccuracy)),
            ("sequence_accuracy", JSONOutput(figures?.sequenceAccuracy)),
            ("tokens_per_s", JSONOutput(figures?.tokensPerSecond)), ("seconds", JSONOutput(row.seconds)),
            ("is_best", .bool(row.isBest)),
        ])
    }
}
