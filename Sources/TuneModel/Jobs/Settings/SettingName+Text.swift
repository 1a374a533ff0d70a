/// Settings as texts that `set` would take again.
extension SettingName {
    /// What a request says of the setting; nil when it leaves it open.
    public func text(in request: HyperparameterRequest) -> String? {
        switch self {
        case .epochs: request.epochs.map(String.init)
        case .batchSize: request.batchSize.map(String.init)
        case .accumulation: request.accumulation.map(String.init)
        case .learningRate: request.learningRate.map(Self.short)
        case .multiplier: request.learningRateMultiplier.map(Self.short)
        case .schedule: request.schedule?.rawValue
        case .warmupShare: request.warmupShare.map(Self.short)
        case .weightDecay: request.weightDecay.map(Self.short)
        case .gradientClip: request.gradientClip.map(Self.short)
        case .promptLossWeight: request.promptLossWeight.map(Self.short)
        case .noise: request.noise.map(Self.short)
        case .tuning: request.tuning?.rawValue
        case .loraRank: request.loraRank.map(String.init)
        case .loraAlpha: request.loraAlpha.map(Self.short)
        case .loraDropout: request.loraDropout.map(Self.short)
        case .loraTargets: request.loraTargets.map(Self.text)
        case .isRankStabilized: request.isRankStabilized.map { $0 ? "true" : "false" }
        case .beta: request.method?.beta.map(Self.short)
        case .maxSteps: request.maxSteps.map(String.init)
        case .evalInterval: request.evalInterval.map(String.init)
        case .patience: request.patience.map(String.init)
        case .validationShare: request.validationShare.map(Self.short)
        case .memoryLimit: request.memoryLimitMB.map(String.init)
        case .seed: request.seed.map { String($0) }
        }
    }

    /// The setting of a run; nil where it has none.
    public func text(in settings: Hyperparameters) -> String? {
        switch self {
        case .epochs: String(settings.epochs)
        case .batchSize: String(settings.batchSize)
        case .accumulation: String(settings.accumulation)
        case .learningRate: Self.short(settings.learningRate)
        // Already in the learning rate.
        case .multiplier: nil
        case .schedule: settings.schedule.rawValue
        case .warmupShare: Self.short(settings.warmupShare)
        case .weightDecay: Self.short(settings.weightDecay)
        case .gradientClip: Self.short(settings.gradientClip)
        case .promptLossWeight: Self.short(settings.promptLossWeight)
        case .noise: Self.short(settings.noise)
        case .tuning: settings.tuning.rawValue
        case .loraRank: String(settings.loraRank)
        case .loraAlpha: Self.short(settings.loraAlpha)
        case .loraDropout: Self.short(settings.loraDropout)
        case .loraTargets: Self.text(settings.loraTargets)
        case .isRankStabilized: settings.isRankStabilized ? "true" : "false"
        case .beta: settings.method.beta.map(Self.short)
        case .maxSteps: settings.maxSteps.map(String.init)
        case .evalInterval: settings.evalInterval.map(String.init)
        case .patience: settings.patience.map(String.init)
        case .validationShare: settings.validationShare.map(Self.short)
        case .memoryLimit: settings.memoryLimitMB.map(String.init)
        case .seed: String(settings.seed)
        }
    }

    /// A few letters for lists: `lr`, `r`.
    public var shortName: String {
        switch self {
        case .epochs: "epochs"
        case .batchSize: "batch"
        case .accumulation: "accum"
        case .learningRate: "lr"
        case .multiplier: "lr×"
        case .schedule: "schedule"
        case .warmupShare: "warm-up"
        case .weightDecay: "decay"
        case .gradientClip: "clip"
        case .promptLossWeight: "prompt"
        case .noise: "neftune"
        case .tuning: "tuning"
        case .loraRank: "r"
        case .loraAlpha: "alpha"
        case .loraDropout: "dropout"
        case .loraTargets: "layers"
        case .isRankStabilized: "rslora"
        case .beta: "beta"
        case .maxSteps: "steps"
        case .evalInterval: "eval"
        case .patience: "patience"
        case .validationShare: "split"
        case .memoryLimit: "memory"
        case .seed: "seed"
        }
    }

    /// `200`, `0.0002` as `2e-4`, `1.5`: the shortest text that means the same number.
    static func short(_ value: Double) -> String {
        if let whole = Int(exactly: value), abs(whole) < 1_000_000 { return String(whole) }
        let plain = "\(value)"
        guard value != 0, abs(value) < 1e-3 || abs(value) >= 1e6, value.isFinite else { return plain }
        // Digits as they stand in the plain text, so that nothing is rounded.
        var exponent = 0
        var digits = plain.lowercased()
        if let mark = digits.firstIndex(of: "e") {
            exponent = Int(digits[digits.index(after: mark)...]) ?? 0
            digits = String(digits[..<mark])
        }
        let sign = digits.hasPrefix("-") ? "-" : ""
        let parts = digits.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        var whole = String(parts[0])
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        exponent += whole.count - 1
        fraction = whole.dropFirst() + fraction
        whole = String(whole.prefix(1))
        while whole == "0", !fraction.isEmpty {
            whole = String(fraction.removeFirst())
            exponent -= 1
        }
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return sign + whole + (fraction.isEmpty ? "" : "." + fraction) + "e\(exponent)"
    }

    private static func text(_ targets: [LoRATarget]) -> String {
        targets == LoRATarget.allCases ? "all" : targets.map(\.shortName).joined(separator: ",")
    }
}

extension TrainingMethod {
    /// Of DPO; nil for another method.
    public var beta: Double? {
        if case .dpo(let beta) = self { beta } else { nil }
    }
}
