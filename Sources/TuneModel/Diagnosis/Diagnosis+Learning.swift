// Rules about how the loss moves and about what the model can see of a record.

extension Diagnosis {
    /// The loss ended well above where it began, or has been above it for a while.
    static func rateTooHigh(_ run: RunEvidence) -> Diagnosis? {
        guard let (first, last) = run.ends, last > first + max(0.3, 0.1 * first) else { return nil }
        let rate = run.hyperparameters.learningRate
        let next = last > first + 1 ? rate / 10 : rate / 3
        let turn = run.loss.points.min { $0.value < $1.value }?.step
        return Diagnosis(
            .rateTooHigh, .problem, since: turn,
            Wording("The learning rate is too high.", "学习率过高。"),
            evidence: Wording(
                "The loss rose from \(first.brief) to \(last.brief) at a learning rate of \(rate.short).",
                "学习率为 \(rate.short) 时，损失从 \(first.brief) 升到 \(last.brief)。"),
            advice: Wording("Try \(next.short).", "请试试 \(next.short)。"))
    }

    /// After fifty updates the loss is where it was.
    static func rateTooLow(_ run: RunEvidence) -> Diagnosis? {
        guard run.step >= 50, let (first, last) = run.ends, last > 0.98 * first, last < first + 0.05 * first,
            // A loss near 0 has nowhere to go.
            first > 0.1
        else { return nil }
        let rate = run.hyperparameters.learningRate
        return Diagnosis(
            .rateTooLow, .warning,
            Wording("It hardly learns.", "模型几乎没有学到东西。"),
            evidence: Wording(
                "After \(run.step) steps the loss is \(last.brief), from \(first.brief), at a learning rate of \(rate.short).",
                "学习率为 \(rate.short)，经过 \(run.step) 步，损失从 \(first.brief) 只到 \(last.brief)。"),
            advice: Wording(
                "Try a learning rate of \((rate * 5).short), or a higher rank.",
                "请试试学习率 \((rate * 5).short)，或更高的秩。"))
    }

    /// When the run ended, the loss was still on its way down.
    static func stoppedEarly(_ run: RunEvidence) -> Diagnosis? {
        guard run.hasEnded, run.loss.points.count >= 12 else { return nil }
        let (course, name) =
            run.validationLoss.points.count >= 4
            ? (run.validationLoss, Wording("Validation loss", "验证损失")) : (run.loss, Wording("The loss", "损失"))
        let points = course.points
        let quarter = max(1, points.count / 4)
        let last = points.suffix(quarter).meanValue
        let before = points.dropLast(quarter).suffix(quarter).meanValue
        guard last < 0.97 * before, run.validationLoss.isEmpty || run.best?.step == run.validationLoss.points.last?.step
        else { return nil }
        return Diagnosis(
            .stoppedEarly, .hint,
            Wording("More steps are likely to help.", "继续训练可能会更好。"),
            evidence: name
                + Wording(
                    " was still falling over the last quarter of the run, from \(before.brief) to \(last.brief).",
                    "在最后四分之一的训练中仍在下降，从 \(before.brief) 到 \(last.brief)。"),
            advice: Wording(
                "Train from this model again, or give the job twice the steps.",
                "可以从这个模型继续训练，或把步数加倍。"))
    }

    /// The last token of an answer is what stops it; half of the answers would run on.
    static func endingNotLearned(_ run: RunEvidence) -> Diagnosis? {
        let points = run.endingAccuracy.points
        guard points.count >= 20 else { return nil }
        let share = points.suffix(max(5, points.count / 5)).meanValue
        guard share < 0.5 else { return nil }
        return Diagnosis(
            .endingNotLearned, .warning,
            Wording("The ending is not learned.", "模型没有学会在哪里结束回答。"),
            evidence: Wording(
                "Of the training answers only \(share.percent) would be ended where they should.",
                "训练回答中只有 \(share.percent) 能在该结束的地方结束。"),
            advice: Wording(
                "Give all completions the same ending (`tunedeck prepare` does), train longer, and ask with `--stop`.",
                "请给所有回答加上相同的结尾（`tunedeck prepare` 会做），延长训练，并在提问时使用 `--stop`。"))
    }

    /// What does not fit into the context is not learned.
    static func cutByContext(_ run: RunEvidence) -> Diagnosis? {
        guard let facts = run.facts, facts.cutPrompts + facts.cutAnswers > 0 else { return nil }
        let isAnswer = facts.cutAnswers > 0
        let count = isAnswer ? facts.cutAnswers : facts.cutPrompts
        let records = count == 1 ? "record" : "records"
        return Diagnosis(
            .cutByContext, isAnswer ? .warning : .hint,
            isAnswer
                ? Wording("Answers are cut by the context.", "有回答被上下文长度截断。")
                : Wording("Prompts are cut by the context.", "有提示被上下文长度截断。"),
            evidence: Wording(
                "\(count.grouped) \(records) of \(facts.examples.grouped) \(count == 1 ? "is" : "are") longer than the \(facts.contextLength.grouped) tokens that the model sees.",
                "\(facts.examples.grouped) 条记录中有 \(count.grouped) 条超过模型能看到的 \(facts.contextLength.grouped) 个词元。"),
            advice: Wording(
                "Shorten or split them, or take a base model with a longer context.",
                "请缩短或拆分这些记录，或使用上下文更长的基础模型。"))
    }

    /// Nothing to mend, with the figures that say so.
    static func healthy(_ run: RunEvidence) -> Diagnosis? {
        guard let (first, last) = run.ends, last < first else { return nil }
        let validation: Wording =
            if let start = run.validationLoss.points.first?.value, let best = run.best {
                Wording(
                    ", validation loss from \(start.brief) to \(best.value.brief) at step \(best.step)",
                    "，验证损失从 \(start.brief) 降到第 \(best.step) 步的 \(best.value.brief)")
            } else {
                Wording(verbatim: "")
            }
        return Diagnosis(
            .healthy, .fine,
            Wording("It learns as it should.", "训练正常。"),
            evidence: Wording(
                "Training loss fell from \(first.brief) to \(last.brief)",
                "训练损失从 \(first.brief) 降到 \(last.brief)") + validation + Wording(".", "。"),
            advice: run.hasEnded
                ? Wording("Ask it what is not in the training file.", "请用训练文件之外的问题来提问。")
                : Wording("Let it go on.", "继续训练即可。"))
    }
}

extension Double {
    /// A small number in the spelling that options take: `2e-4`, `1.5e-5`, `0.01`.
    var short: String {
        guard isFinite, self > 0, self < 0.01 else { return "\(self)" }
        var (digits, power) = (self, 0)
        while digits < 0.9995 { (digits, power) = (digits * 10, power - 1) }
        var tenths = Int((digits * 10).rounded())
        if tenths == 100 { (tenths, power) = (10, power + 1) }
        return (tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)") + "e\(power)"
    }
}
