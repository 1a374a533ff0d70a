import Foundation
import TuneModel

/// What a run says about itself.
enum TrainingWords {
    /// The data and the steps, before the first.
    static func data(_ examples: ExampleStore, _ hyperparameters: Hyperparameters, totalSteps: Int) -> Wording {
        let (tokens, trained) = (examples.tokenCount, examples.trainedTokens)
        let perStep = hyperparameters.examplesPerStep
        return Wording(
            "\(tokens.grouped) tokens in an epoch, \(trained.grouped) of them learned; \(totalSteps.grouped) \(totalSteps == 1 ? "step" : "steps") of \(perStep).",
            "每遍 \(tokens.grouped) 个词元，学习其中 \(trained.grouped) 个；共 \(totalSteps.grouped) 步，每步 \(perStep) 个样本。")
    }

    /// Records that do not fit the context; nil when all do.
    static func cut(_ examples: ExampleStore) -> Wording? {
        let cut = examples.cutCount
        guard cut > 0 else { return nil }
        return Wording(
            "\(cut.grouped) \(cut == 1 ? "record is" : "records are") longer than the model's context, and cut from the left.",
            "\(cut) 条记录超出模型上下文长度，已从左侧截断。")
    }

    /// What of the held-out records is looked at; nil when there is nothing to say.
    static func validation(_ plan: TrainingPlan, used: Int) -> (Wording, JobEvent.Level)? {
        if used == 0, !plan.validation.isEmpty {
            return (
                Wording(
                    "The validation records have nothing to learn, so the run goes without validation.",
                    "验证记录中没有可学习的内容，本次运行不做验证。"), .warn
            )
        }
        if used == 0, plan.hyperparameters.patience != nil {
            return (
                Wording(
                    "Patience needs validation records: without them the run does not stop early.",
                    "提前停止需要验证记录；没有验证记录，运行不会提前停止。"), .warn
            )
        }
        guard used < plan.validation.count else { return nil }
        return (
            Wording(
                "Each validation looks at the first \(used.grouped) of \(plan.validation.count.grouped) held-out records.",
                "每次验证只用前 \(used.grouped) 条记录（共 \(plan.validation.count.grouped) 条）。"), .info
        )
    }

    /// Where an earlier adapter differs from the settings, it goes its own way; nil when it does not differ.
    static func start(_ plan: TrainingPlan, _ layout: AdapterLayout) -> Wording? {
        let wanted = plan.hyperparameters
        guard plan.startingAdapter != nil,
            layout.rank != wanted.loraRank || layout.scale != Float(wanted.loraScale)
                || Set(layout.targets) != Set(wanted.loraTargets)
        else { return nil }
        let alpha = layout.alpha.shortText
        let targets = layout.targets.map(\.rawValue).joined(separator: ", ")
        return Wording(
            "Goes on with the earlier adapter's own rank \(layout.rank), alpha \(alpha) and targets \(targets), not with those of the settings.",
            "沿用先前适配器自身的秩 \(layout.rank)、alpha \(alpha) 和目标层 \(targets)，而不是设置中的值。")
    }

    static func resumed(_ step: Int) -> Wording {
        Wording("Resumed after step \(step).", "已从第 \(step) 步之后继续。")
    }

    static func stoppedEarly(_ state: Checkpoint.State) -> Wording? {
        guard let best = state.validation.best else { return nil }
        let count = state.validation.withoutProgress
        return Wording(
            "Stopped early after step \(state.step): the last \(count) \(count == 1 ? "validation" : "validations") did not get below the \(best.loss.shown) of step \(best.step).",
            "已在第 \(state.step) 步后提前停止：最近 \(count) 次验证的损失都没有低于第 \(best.step) 步的 \(best.loss.shown)。")
    }

    static func kept(_ step: Int, of totalSteps: Int) -> Wording {
        Wording(
            "Stopped after step \(step) of \(totalSteps), as asked, to deliver what has been learned.",
            "已按要求在第 \(step) 步（共 \(totalSteps) 步）后停止，并交付已学到的结果。")
    }
}

extension Double {
    /// `16`, `0.5`: no digits that say nothing.
    fileprivate var shortText: String { String(format: "%g", self) }
}
