import Foundation
import TuneModel

/// All about one job, as rows of a name and a value.
struct JobSheet {
    let rows: [(Wording, String)]

    init(_ job: Job) {
        var rows: [(Wording, String?)] = [
            (Wording("job", "任务"), job.id.text), (Wording("status", "状态"), job.status.name[Speech.language]),
            (Wording("base model", "基础模型"), job.model), (Wording("fine-tuned model", "微调模型"), job.fineTunedModel),
            (Wording("training file", "训练文件"), job.trainingFile),
            (Wording("validation file", "验证文件"), job.validationFile),
            (Wording("created", "创建"), Self.time(job.createdAt)),
            (Wording("started", "开始"), job.startedAt.map(Self.time)),
            (Wording("finished", "结束"), job.finishedAt.map(Self.time)),
        ]
        if let hyperparameters = job.hyperparameters { rows += Self.rows(hyperparameters) }
        rows.append((Wording("trained tokens", "已训练词元"), job.trainedTokens.map { "\($0)" }))
        if let latest = job.latest {
            rows.append((Wording("latest", "最新"), StepLine(latest).text(in: Speech.language)))
        }
        if let failure = job.failure {
            rows.append((Wording("failure", "失败原因"), failure.explanation.text(in: Speech.language)))
        }
        self.rows = rows.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The settings of a run.
    static func rows(_ settings: Hyperparameters) -> [(Wording, String?)] {
        [
            (Wording("epochs", "遍数"), "\(settings.epochs)"), (Wording("batch size", "批大小"), "\(settings.batchSize)"),
            (Wording("learning rate", "学习率"), "\(settings.learningRate)"),
            (Wording("prompt loss weight", "提示损失权重"), "\(settings.promptLossWeight)"),
            (
                Wording("LoRA", "LoRA"),
                "r=\(settings.loraRank) alpha=\(settings.loraAlpha) "
                    + (settings.loraTargets == LoRATarget.allCases
                        ? told("all linear layers", "所有线性层")
                        : settings.loraTargets.map(\.rawValue).joined(separator: " "))
            ),
            (Wording("max steps", "最多步数"), settings.maxSteps.map { "\($0)" }),
            (Wording("seed", "种子"), "\(settings.seed)"),
        ]
    }

    private static func time(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current))
    }
}
