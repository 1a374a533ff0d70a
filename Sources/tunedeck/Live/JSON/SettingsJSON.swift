import TuneModel

extension Hyperparameters {
    /// Every setting of a run.
    var json: JSONOutput {
        .object(
            SettingName.allCases.filter { $0 != .multiplier }.map { ($0.rawValue, $0.json(in: self)) } + [
                ("samples", .list(samplePrompts.map(JSONOutput.text)))
            ])
    }
}

extension HyperparameterRequest {
    /// What is open yet is `auto`, as the protocol has it.
    var json: JSONOutput {
        let optional: Set<SettingName> = [.beta, .maxSteps, .evalInterval, .patience, .validationShare, .memoryLimit]
        // A run with these settings has the same numbers where the request says any.
        let run = Hyperparameters(self, examples: 0)
        return .object(
            SettingName.allCases.map { name in
                guard name.text(in: self) != nil else {
                    return (name.rawValue, optional.contains(name) ? .null : "auto")
                }
                return (name.rawValue, name == .multiplier ? JSONOutput(learningRateMultiplier) : name.json(in: run))
            } + [("samples", .list((samplePrompts ?? []).map(JSONOutput.text)))])
    }
}

extension SettingName {
    fileprivate func json(in settings: Hyperparameters) -> JSONOutput {
        switch self {
        case .loraTargets: .list(settings.loraTargets.map { .text($0.rawValue) })
        case .isRankStabilized: .bool(settings.isRankStabilized)
        case .learningRate: .number(settings.learningRate)
        case .seed: .integer(Int64(clamping: settings.seed))
        case .schedule, .tuning: JSONOutput(text(in: settings))
        default:
            text(in: settings).map { text in
                Int64(text).map(JSONOutput.integer) ?? Double(text).map(JSONOutput.number) ?? .text(text)
            } ?? .null
        }
    }
}

extension TrainingMethod {
    /// As the protocol has it: `{"type":"dpo","dpo":{"hyperparameters":{…}}}`.
    func json(_ settings: Hyperparameters?) -> JSONOutput {
        var pairs: [(String, JSONOutput)] = [
            ("n_epochs", settings.map { JSONOutput($0.epochs) } ?? "auto"),
            ("batch_size", settings.map { JSONOutput($0.batchSize) } ?? "auto"),
            ("learning_rate", settings.map { .number($0.learningRate) } ?? "auto"),
        ]
        if let beta { pairs.insert(("beta", .number(beta)), at: 0) }
        let type = beta == nil ? "supervised" : "dpo"
        return .object([("type", .text(type)), (type, .object([("hyperparameters", .object(pairs))]))])
    }
}

extension SampleAnswer {
    var json: JSONOutput {
        .object([("step", JSONOutput(step)), ("prompt", .text(prompt)), ("answer", .text(answer))])
    }
}
