public import TuneModel

extension Launch.Field.Name {
    /// The setting that the field fills in; nil for files, names, prompts and the method.
    public var setting: SettingName? {
        switch self {
        case .base, .training, .validation, .suffix, .method, .samples: nil
        case .split: .validationShare
        case .steps: .maxSteps
        case .epochs: .epochs
        case .batch: .batchSize
        case .learningRate: .learningRate
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
    public var choices: [String] {
        switch fields[active].name {
        case .base: bases.map(\.name)
        case .method: Self.methods
        case let name: name.setting?.choices ?? []
        }
    }

    private static let methods = ["supervised", "dpo"]
    /// Between two prompts in one field.
    private static let promptMark: Character = "|"

    /// What the fields ask for, or the first one that cannot be taken.
    public var request: Result<JobRequest, Launch.Fault> {
        Result { () throws(Launch.Fault) -> JobRequest in
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
                guard let setting = field.name.setting, !text.isEmpty else { continue }
                do throws(SettingFault) {
                    try setting.set(text, in: &settings)
                } catch {
                    throw Launch.Fault(
                        field: field.name,
                        text: Wording("Give \(error.wanted.english), or nothing.", "请填写：\(error.wanted.chinese)，或留空。"))
                }
            }
            let prompts = text(.samples).split(separator: Self.promptMark).map { String($0).trimmed }
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
                suffix: text(.suffix).isEmpty ? nil : text(.suffix), hyperparameters: settings)
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
