public import TuneModel

extension Launch.Field.Name {
    /// The setting that the field fills in; nil for files, names, prompts and the method.
    public var setting: SettingName? {
        switch self {
        case .place, .base, .second, .training, .validation, .suffix, .method, .samples: nil
        case .split: .validationShare
        case .steps: .maxSteps
        case .epochs: .epochs
        case .batch: .batchSize
        case .learningRate: .learningRate
        case .multiplier: .multiplier
        case .rank: .loraRank
        case .seed: .seed
        case .tuning: .tuning
        case .beta: .beta
        case .alpha: .loraAlpha
        case .dropout: .loraDropout
        case .targets: .loraTargets
        case .rankStabilized: .isRankStabilized
        case .schedule: .schedule
        case .warmup: .warmupShare
        case .accumulation: .accumulation
        case .decay: .weightDecay
        case .clip: .gradientClip
        case .noise: .noise
        case .promptWeight: .promptLossWeight
        case .evalSteps: .evalInterval
        case .patience: .patience
        case .memory: .memoryLimit
        }
    }
}

extension Launch.State {
    /// What the active field can be changed to by one key.
    public var values: [String] {
        switch fields[active].name {
        case .place: [ServiceName.local] + services.map(\.text)
        case .base: models
        // The first stands above it.
        case .second: [""] + models.filter { $0 != text(.base) }
        case .method: Self.methods
        case let name: name.setting?.choices ?? []
        }
    }

    private var models: [String] { service.map { offered[$0] ?? [] } ?? bases.map(\.name) }
    private static let methods = ["supervised", "dpo"]
    /// Between two prompts in one field.
    private static let promptMark: Character = "|"

    /// What the fields ask for, or the first one that cannot be taken.
    public var request: Result<JobRequest, Launch.Fault> {
        Result { () throws(Launch.Fault) -> JobRequest in
            guard service != nil || text(.place) == ServiceName.local else {
                throw Launch.Fault(
                    field: .place,
                    text: Wording("There is no such service; Ctrl-N has them all.", "没有这个服务；按 Ctrl-N 逐个选择。"))
            }
            guard !text(.base).isEmpty else {
                throw Launch.Fault(field: .base, text: Wording("Which model to start from?", "从哪个模型开始？"))
            }
            guard !text(.training).isEmpty else {
                throw Launch.Fault(field: .training, text: Wording("Which file to train on?", "要用哪个文件训练？"))
            }
            var settings = HyperparameterRequest()
            try fillMethod(of: &settings)
            for field in fields {
                // Nothing in a field means "choose for me".
                let text = field.buffer.text.trimmed
                guard let setting = field.name.setting, !text.isEmpty, isUsed(field.name) else { continue }
                do throws(SettingFault) {
                    try setting.set(text, in: &settings)
                } catch {
                    throw Launch.Fault(
                        field: field.name,
                        text: Wording("Give \(error.wanted.english), or nothing.", "请填写：\(error.wanted.chinese)，或留空。"))
                }
            }
            let prompts =
                service != nil ? [] : text(.samples).split(separator: Self.promptMark).map { String($0).trimmed }
            settings.samplePrompts = prompts.isEmpty ? nil : prompts.filter { !$0.isEmpty }
            let validation = text(.validation)
            if !validation.isEmpty, settings.validationShare != nil {
                throw Launch.Fault(
                    field: .split,
                    text: Wording("Leave it empty: there is a validation file.", "已有验证文件，请留空。"))
            }
            return JobRequest(
                model: text(.base), trainingFile: text(.training),
                validationFile: validation.isEmpty ? nil : validation,
                suffix: text(.suffix).isEmpty ? nil : text(.suffix), hyperparameters: settings, service: service)
        }
    }

    /// The jobs that the form stands for: one, or one for each of two models.
    public var requests: Result<[JobRequest], Launch.Fault> {
        request.flatMap { request in
            guard !second.isEmpty else { return .success([request]) }
            guard second != request.model else {
                return .failure(
                    Launch.Fault(
                        field: .second,
                        text: Wording("Give another model than the first, or nothing.", "请填写与第一个不同的模型，或留空。")))
            }
            var other = request
            other.model = second
            return .success([request, other])
        }
    }

    private func fillMethod(of settings: inout HyperparameterRequest) throws(Launch.Fault) {
        switch text(.method) {
        case "": break
        case "supervised":
            settings.method = .supervised
            if !text(.beta).isEmpty {
                throw Launch.Fault(
                    field: .beta, text: Wording("Leave it empty: only DPO has a beta.", "请留空：只有 DPO 才有 beta。"))
            }
        case "dpo": settings.method = .dpo(beta: TrainingMethod.defaultBeta)
        default:
            throw Launch.Fault(
                field: .method, text: Wording("Give supervised or dpo, or nothing.", "请填写 supervised 或 dpo，或留空。"))
        }
    }
}
