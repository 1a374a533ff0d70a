import Foundation
import TuneModel

/// All about one job, as rows of a name and a value.
struct JobSheet {
    let rows: [(Wording, String)]

    init(_ job: Job) {
        var rows: [(Wording, String?)] = [
            (Wording("job", "任务"), job.id.text), (Wording("status", "状态"), job.status.name[Speech.language]),
            (Wording("service", "服务"), job.origin?.service.text),
            (Wording("called there", "在服务上的编号"), job.origin.flatMap { $0.id == job.id.text ? nil : $0.id }),
            (Wording("line", "连接"), job.origin.map { Self.contact($0.contact) }),
            (Wording("turn", "顺序"), job.turn.map { "\($0)" }), (Wording("sweep", "扫描"), job.group?.text),
            (Wording("base model", "基础模型"), job.model), (Wording("fine-tuned model", "微调模型"), job.fineTunedModel),
            (Wording("training file", "训练文件"), job.trainingFile),
            (Wording("validation file", "验证文件"), job.validationFile),
            (Wording("created", "创建"), Self.time(job.createdAt)),
            (Wording("started", "开始"), job.startedAt.map(Self.time)),
            (Wording("finished", "结束"), job.finishedAt.map(Self.time)),
        ]
        if let hyperparameters = job.hyperparameters { rows += Self.rows(hyperparameters) }
        rows.append((Wording("trained tokens", "已训练词元"), job.trainedTokens.map { "\($0)" }))
        if let cost = job.origin?.cost {
            rows.append((Wording("reckoned cost", "估计费用"), cost.dollars))
            rows.append(
                (Wording("actual cost", "实际费用"), cost.actualDollars.map { PrepareCost.dollars($0, exact: true) }))
        }
        for line in job.origin?.preparation ?? [] { rows.append((Wording("prepared", "数据准备"), line[Speech.language])) }
        for field in job.origin?.extras ?? [] { rows.append((Wording(verbatim: field.name), field.value)) }
        if let latest = job.latest {
            rows.append((Wording("latest", "最新"), StepLine(latest).text(in: Speech.language)))
        }
        if let failure = job.failure {
            rows.append((Wording("failure", "失败原因"), failure.explanation.text(in: Speech.language)))
        }
        self.rows = rows.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The settings of a run: the usual ones, and of the others what is not as it is by default.
    static func rows(_ settings: Hyperparameters) -> [(Wording, String?)] {
        let usual = Hyperparameters(HyperparameterRequest(), examples: 0)
        func other(_ name: SettingName) -> String? {
            let text = name.text(in: settings)
            return text == name.text(in: usual) ? nil : text
        }
        let layers =
            settings.loraTargets == LoRATarget.allCases
            ? told("all linear layers", "所有线性层") : settings.loraTargets.map(\.rawValue).joined(separator: " ")
        return [
            (Wording("method", "方法"), settings.method.beta.map { "DPO, beta=\($0)" }),
            (Wording("epochs", "遍数"), "\(settings.epochs)"), (Wording("batch size", "批大小"), "\(settings.batchSize)"),
            (Wording("batches a step", "每步批数"), other(.accumulation)),
            (Wording("learning rate", "学习率"), "\(settings.learningRate)"),
            (Wording("schedule", "学习率变化"), other(.schedule)), (Wording("warm-up", "预热"), other(.warmupShare)),
            (Wording("weight decay", "权重衰减"), other(.weightDecay)),
            (Wording("gradient clip", "梯度裁剪"), other(.gradientClip)), (Wording("NEFTune", "NEFTune"), other(.noise)),
            (Wording("prompt loss weight", "提示损失权重"), "\(settings.promptLossWeight)"),
            settings.tuning == .full
                ? (Wording("trained", "训练对象"), told("every weight of the blocks", "各层全部权重"))
                : (
                    Wording("LoRA", "LoRA"),
                    "r=\(settings.loraRank) alpha=\(settings.loraAlpha) "
                        + (settings.loraDropout > 0 ? "dropout=\(settings.loraDropout) " : "")
                        + (settings.isRankStabilized ? "rsLoRA " : "") + layers
                ),
            (Wording("max steps", "最多步数"), settings.maxSteps.map { "\($0)" }),
            (Wording("validated every", "验证间隔"), other(.evalInterval)), (Wording("patience", "耐心"), other(.patience)),
            (Wording("held out", "留作验证"), other(.validationShare)),
            (
                Wording("sample prompts", "示例提示"),
                settings.samplePrompts.isEmpty ? nil : settings.samplePrompts.map(Shell.quoted).joined(separator: " ")
            ),
            (Wording("memory limit", "内存上限"), settings.memoryLimitMB.map { "\($0) MB" }),
            (Wording("seed", "种子"), "\(settings.seed)"),
        ]
    }

    /// How the line to a job's service is.
    private static func contact(_ contact: JobOrigin.Contact) -> String {
        switch contact {
        case .good(let date): told("good, \(time(date))", "正常，\(time(date))")
        case .away(let since, let why):
            told("reconnecting since \(time(since)): ", "自 \(time(since)) 起重连中：") + why.what[Speech.language]
        case .refused(_, let why): told("refused: ", "被拒绝：") + why.what[Speech.language]
        case .never: told("none yet", "尚未连接")
        }
    }

    private static func time(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current))
    }
}
