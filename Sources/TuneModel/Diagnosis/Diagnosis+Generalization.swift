// Rules that hold what is learned against what is not: overfitting, memorizing, too little data.

extension Diagnosis {
    /// Validation has turned: its loss is 1 % above its best while the training loss fell on.
    static func overfitting(_ run: RunEvidence) -> Diagnosis? {
        guard let best = run.best, let last = run.validationLoss.points.last, last.step > best.step,
            last.value > best.value + max(0.01 * best.value, 0.01),
            let before = run.trainingLoss(before: best.step), let now = run.trainingLoss(before: last.step),
            now < before
        else { return nil }
        // One rise may be chance; two, or a large one, are not.
        let after = run.validationLoss.points.drop { $0.step <= best.step }
        guard after.count > 1 || last.value > best.value * 1.03 else { return nil }
        let rank = max(1, run.hyperparameters.loraRank / 2)
        let fewer: Wording =
            if let epoch = run.epoch(at: best.step), epoch < Double(run.hyperparameters.epochs) - 0.5 {
                Wording("\(max(1, Int(epoch.rounded(.up)))) epochs, ", "只训练 \(max(1, Int(epoch.rounded(.up)))) 遍、")
            } else {
                Wording("fewer steps, ", "减少步数、")
            }
        return Diagnosis(
            .overfitting, .warning, since: best.step,
            Wording("Overfitting since step \(best.step).", "从第 \(best.step) 步起过拟合。"),
            evidence: Wording(
                "Validation loss rose from \(best.value.brief) to \(last.value.brief) while training loss fell from \(before.brief) to \(now.brief).",
                "验证损失从 \(best.value.brief) 升到 \(last.value.brief)，而训练损失从 \(before.brief) 降到 \(now.brief)。"),
            advice: Wording(
                "The adapter of step \(best.step) is the one to keep. Try ", "应保留第 \(best.step) 步的适配器。可以试试：") + fewer
                + Wording("rank \(rank), or more varied records.", "把秩降到 \(rank)，或增加更多样的记录。"))
    }

    /// Nearly every training record is reproduced, and what is not in the training file is not, or nobody looked.
    static func memorizing(_ run: RunEvidence) -> Diagnosis? {
        // Of preferences this accuracy counts pairs, not answers.
        guard run.hyperparameters.method == .supervised, run.sequenceAccuracy.points.count >= 6 else { return nil }
        let width = max(3, run.sequenceAccuracy.points.count / 10)
        let known = run.sequenceAccuracy.points.suffix(width).meanValue
        guard known >= 0.7 else { return nil }
        guard let other = run.validationSequenceAccuracy.last else {
            return Diagnosis(
                .memorizing, .hint,
                Wording("It knows its records by heart.", "模型已经把训练记录背下来了。"),
                evidence: Wording(
                    "\(known.percent) of the training answers come out word for word, and nothing was held out to tell whether others would.",
                    "\(known.percent) 的训练回答能逐字复现，但没有留出验证数据来判断其他问题能否答好。"),
                advice: Wording(
                    "Hold some records out (`--validation-split 0.1`) and train again.",
                    "请留出一部分记录（`--validation-split 0.1`）后重新训练。"))
        }
        guard other < known / 2 else { return nil }
        return Diagnosis(
            .memorizing, .warning,
            Wording("It memorizes without generalizing.", "模型在死记硬背，没有学会举一反三。"),
            evidence: Wording(
                "\(known.percent) of the training answers come out word for word, of the held-out ones \(other.percent).",
                "\(known.percent) 的训练回答能逐字复现，而留出的只有 \(other.percent)。"),
            advice: Wording(
                "Add records that ask the same in other words, and train for fewer epochs.",
                "请加入换一种问法的记录，并减少遍数。"))
    }

    /// Below what the fine-tuning services advise.
    static func tooLittleData(_ run: RunEvidence) -> Diagnosis? {
        guard let facts = run.facts, facts.examples < 50 else { return nil }
        return Diagnosis(
            .tooLittleData, facts.examples < 10 ? .warning : .hint,
            Wording("There is little data.", "数据太少。"),
            evidence: Wording(
                "The file has \(facts.examples) \(facts.examples == 1 ? "record" : "records"), \(facts.trainedTokens.grouped) tokens to learn from.",
                "文件只有 \(facts.examples) 条记录，可学习的词元为 \(facts.trainedTokens.grouped) 个。"),
            advice: Wording(
                "Aim at a few hundred records; each doubling helps about as much as the one before.",
                "建议准备几百条记录；每翻一倍，效果大致同等提升。"))
    }
}

extension Double {
    /// Two digits after the point.
    var brief: String {
        guard magnitude < 1e12 else { return "\(self)" }
        let hundredths = Int((self * 100).rounded())
        let digits = String(hundredths.magnitude)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return (hundredths < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
    }

    /// A share as a whole percentage.
    var percent: String { "\(Int((self * 100).rounded())) %" }
}
