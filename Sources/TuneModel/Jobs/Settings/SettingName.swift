/// A setting of a run, by the name that JSON, sweeps, comparisons and the form know it under.
public enum SettingName: String, CaseIterable, Codable, Sendable {
    case epochs = "n_epochs"
    case batchSize = "batch_size"
    case accumulation
    case learningRate = "learning_rate"
    case multiplier = "learning_rate_multiplier"
    case schedule
    case warmupShare = "warmup_share"
    case weightDecay = "weight_decay"
    case gradientClip = "gradient_clip"
    case promptLossWeight = "prompt_loss_weight"
    case noise = "neftune"
    case tuning
    case loraRank = "lora_rank"
    case loraAlpha = "lora_alpha"
    case loraDropout = "lora_dropout"
    case loraTargets = "lora_targets"
    case isRankStabilized = "rslora"
    case beta = "dpo_beta"
    case maxSteps = "max_steps"
    case evalInterval = "eval_steps"
    case patience
    case validationShare = "validation_split"
    case memoryLimit = "memory_limit_mb"
    case seed
}

extension SettingName {
    /// Puts a value into a request.
    ///
    /// - Throws: what the setting would take instead.
    public func set(_ text: String, in request: inout HyperparameterRequest) throws(SettingFault) {
        switch self {
        case .epochs: request.epochs = try whole(text, in: 1...1000)
        case .batchSize: request.batchSize = try whole(text, in: 1...256)
        case .accumulation: request.accumulation = try whole(text, in: 1...1024)
        case .learningRate: request.learningRate = try positive(text, upTo: 1)
        case .multiplier: request.learningRateMultiplier = try positive(text, upTo: 1000)
        case .schedule: request.schedule = LearningRateSchedule(rawValue: try choice(text))
        case .warmupShare: request.warmupShare = try amount(text, upTo: 1)
        case .weightDecay: request.weightDecay = try amount(text, upTo: 100)
        case .gradientClip: request.gradientClip = try amount(text, upTo: 1e6)
        case .promptLossWeight: request.promptLossWeight = try amount(text, upTo: 1)
        case .noise: request.noise = try amount(text, upTo: 100)
        case .tuning: request.tuning = TuningKind(rawValue: try choice(text))
        case .loraRank: request.loraRank = try whole(text, in: 1...256)
        case .loraAlpha: request.loraAlpha = try positive(text, upTo: 4096)
        case .loraDropout: request.loraDropout = try belowOne(text)
        case .loraTargets: request.loraTargets = try layers(text)
        case .isRankStabilized: request.isRankStabilized = try choice(text) == "true"
        case .beta: request.method = .dpo(beta: try positive(text, upTo: 10))
        case .maxSteps: request.maxSteps = try whole(text, in: 1...1_000_000)
        case .evalInterval: request.evalInterval = try whole(text, in: 1...1_000_000)
        case .patience: request.patience = try whole(text, in: 1...1000)
        case .validationShare: request.validationShare = try share(text)
        case .memoryLimit: request.memoryLimitMB = try whole(text, in: 100...1_000_000)
        case .seed: request.seed = try seedNumber(text)
        }
    }

    /// What can be chosen from, in the order that it is offered; empty for numbers.
    public var choices: [String] {
        switch self {
        case .schedule: LearningRateSchedule.allCases.map(\.rawValue)
        case .tuning: TuningKind.allCases.map(\.rawValue)
        case .isRankStabilized: ["false", "true"]
        case .loraTargets: ["all", "q,v", "q,k,v,o", "gate,up,down"]
        default: []
        }
    }

    // MARK: - Private

    private func fault(_ text: String, _ wanted: Wording) -> SettingFault {
        SettingFault(name: self, text: text, wanted: wanted)
    }

    private func whole(_ text: String, in range: ClosedRange<Int>) throws(SettingFault) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw fault(
                text,
                Wording(
                    "a whole number from \(range.lowerBound) to \(range.upperBound)",
                    "\(range.lowerBound) 到 \(range.upperBound) 之间的整数"))
        }
        return number
    }

    private func seedNumber(_ text: String) throws(SettingFault) -> UInt64 {
        guard let number = UInt64(text) else { throw fault(text, Wording("a whole number", "整数")) }
        return number
    }

    private func positive(_ text: String, upTo most: Double) throws(SettingFault) -> Double {
        guard let number = Double(text), number > 0, number <= most else {
            throw fault(
                text,
                Wording(
                    "a number above 0, at most \(Self.short(most)), such as 2e-4",
                    "大于 0、不超过 \(Self.short(most)) 的数，例如 2e-4"))
        }
        return number
    }

    private func amount(_ text: String, upTo most: Double) throws(SettingFault) -> Double {
        guard let number = Double(text), number >= 0, number <= most else {
            throw fault(text, Wording("a number from 0 to \(Self.short(most))", "0 到 \(Self.short(most)) 之间的数"))
        }
        return number
    }

    private func belowOne(_ text: String) throws(SettingFault) -> Double {
        guard let number = Double(text), number >= 0, number < 1 else {
            throw fault(text, Wording("a number from 0 to below 1", "不小于 0 且小于 1 的数"))
        }
        return number
    }

    private func share(_ text: String) throws(SettingFault) -> Double {
        guard let number = Double(text), number > 0, number <= 0.5 else {
            throw fault(text, Wording("a share above 0, at most 0.5, such as 0.1", "大于 0、不超过 0.5 的比例，例如 0.1"))
        }
        return number
    }

    private func choice(_ text: String) throws(SettingFault) -> String {
        guard choices.contains(text) else {
            throw fault(
                text,
                Wording("one of \(choices.joined(separator: ", "))", "以下之一：\(choices.joined(separator: "、"))"))
        }
        return text
    }

    private func layers(_ text: String) throws(SettingFault) -> [LoRATarget] {
        guard let targets = LoRATarget.list(text) else {
            throw fault(text, Wording("all, or layers such as q,v", "all，或像 q,v 这样的层"))
        }
        return targets
    }
}

/// A value that a setting does not take.
public struct SettingFault: Error, Hashable, Sendable {
    public let name: SettingName
    public let text: String
    /// What it takes: completes “give …”.
    public let wanted: Wording

    public init(name: SettingName, text: String, wanted: Wording) {
        self.name = name
        self.text = text
        self.wanted = wanted
    }
}

extension LoRATarget {
    /// Layers by their short names (`q,v`), by their names in checkpoints (`q_proj`), or `all`; also parted by `+`,
    /// where a comma parts other things. Nil when a name is unknown.
    public static func list(_ text: String) -> [LoRATarget]? {
        if text == "all" { return allCases }
        let named = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "+" }.map { name in
            allCases.first { $0.rawValue == name || $0.rawValue == "\(name)_proj" }
        }
        guard !named.contains(nil) else { return nil }
        let chosen = Set(named.compactMap(\.self))
        return allCases.filter(chosen.contains)
    }

    /// `q`
    public var shortName: String { String(rawValue.dropLast("_proj".count)) }
}
