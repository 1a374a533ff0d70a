import Foundation
import TuneModel

/// Puts what a run has learned into its folder: the best by validation, else the last; the last one beside it.
struct TrainedDelivery {
    let files: TrainedFiles
    let checkpoint: Checkpoint

    /// What was put where.
    struct Result {
        let delivery: Delivery
        let told: Wording
        var level = JobEvent.Level.info
    }

    /// `last` is what is trained, at the end.
    func deliver(_ last: Adapter, _ state: Checkpoint.State) throws(TrainerError) -> Result {
        let what = last.layout.tuning == .full ? Wording("model", "模型") : Wording("adapter", "适配器")
        guard let best = state.validation.best, best.step != state.step else {
            let delivery = try files.deliver(last)
            // Of an earlier run in the same folder.
            files.removeLast(last.layout.tuning)
            let isBest = state.validation.best != nil
            return Result(
                delivery: delivery,
                told: isBest
                    ? Wording(
                        "Delivered the \(what.english) of the last step, \(state.step), which also had the best validation loss.",
                        "交付的是最后一步（第 \(state.step) 步）的\(what.chinese)，它的验证损失也最低。")
                    : Wording(
                        "Delivered the \(what.english) of the last step, \(state.step).",
                        "交付的是最后一步（第 \(state.step) 步）的\(what.chinese)。"))
        }
        _ = try files.deliver(last, suffix: TrainedFiles.lastSuffix)
        let kept = Adapter(last.layout)
        guard checkpoint.readBest(best.step, into: kept.values) else {
            return Result(
                delivery: try files.deliver(last),
                told: Wording(
                    "The \(what.english) of step \(best.step), which had the best validation loss, is damaged on disk; delivered that of the last step, \(state.step).",
                    "验证损失最低的第 \(best.step) 步的\(what.chinese)在磁盘上已损坏；改为交付最后一步（第 \(state.step) 步）的\(what.chinese)。"),
                level: .warn)
        }
        return Result(
            delivery: try files.deliver(kept),
            told: Wording(
                "Delivered the \(what.english) of step \(best.step), which had the best validation loss (\(best.loss.shown)); the last one, of step \(state.step), is kept beside it.",
                "交付的是第 \(best.step) 步的\(what.chinese)，其验证损失最低（\(best.loss.shown)）；最后一步（第 \(state.step) 步）的\(what.chinese)也一并保留。"
            ))
    }
}

extension Double {
    /// Three digits after the point, for messages.
    var shown: String { String(format: "%.3f", self) }
}
