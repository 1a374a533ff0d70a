import Foundation
import TuneModel

/// Puts what a run has learned into its folder: the best adapter by validation, else the last; the last one beside it.
struct AdapterDelivery {
    let plan: TrainingPlan
    let checkpoint: Checkpoint

    /// What was put where.
    struct Result {
        let folder: String
        let told: Wording
        var level = JobEvent.Level.info
    }

    private var folder: String { "\(plan.folder)/adapter" }
    private var lastFolder: String { "\(plan.folder)/adapter-last" }

    /// `last` is the adapter at the end.
    func deliver(_ last: Adapter, _ state: Checkpoint.State) throws(TrainerError) -> Result {
        guard let best = state.validation.best, best.step != state.step else {
            try write(last, to: folder)
            // Of an earlier run in the same folder.
            try? FileManager.default.removeItem(atPath: lastFolder)
            let isBest = state.validation.best != nil
            return Result(
                folder: folder,
                told: isBest
                    ? Wording(
                        "Delivered the adapter of the last step, \(state.step), which also had the best validation loss.",
                        "交付的是最后一步（第 \(state.step) 步）的适配器，它的验证损失也最低。")
                    : Wording(
                        "Delivered the adapter of the last step, \(state.step).",
                        "交付的是最后一步（第 \(state.step) 步）的适配器。"))
        }
        try write(last, to: lastFolder)
        let kept = Adapter(last.layout)
        guard checkpoint.readBest(best.step, into: kept.values) else {
            try write(last, to: folder)
            return Result(
                folder: folder,
                told: Wording(
                    "The adapter of step \(best.step), which had the best validation loss, is damaged on disk; delivered that of the last step, \(state.step).",
                    "验证损失最低的第 \(best.step) 步的适配器在磁盘上已损坏；改为交付最后一步（第 \(state.step) 步）的适配器。"), level: .warn)
        }
        try write(kept, to: folder)
        return Result(
            folder: folder,
            told: Wording(
                "Delivered the adapter of step \(best.step), which had the best validation loss (\(best.loss.shown)); the last one, of step \(state.step), is kept beside it.",
                "交付的是第 \(best.step) 步的适配器，其验证损失最低（\(best.loss.shown)）；最后一步（第 \(state.step) 步）的适配器也一并保留。"))
    }

    /// Removes what writers that were killed have left.
    func removeDrafts() {
        for folder in [folder, lastFolder, checkpoint.folder] { AtomicFile.removeDrafts(in: folder) }
    }

    private func write(_ adapter: Adapter, to folder: String) throws(TrainerError) {
        try AdapterFile.write(adapter, baseModel: plan.modelName, to: folder)
    }
}

extension Double {
    /// Three digits after the point, for messages.
    var shown: String { String(format: "%.3f", self) }
}
