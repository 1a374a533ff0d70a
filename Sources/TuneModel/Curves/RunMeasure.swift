/// What is measured at the steps of a run, and drawn as a curve.
public enum RunMeasure: String, CaseIterable, Codable, Sendable {
    case loss
    case validationLoss = "validation-loss"
    case tokenAccuracy = "token-accuracy"
    case validationTokenAccuracy = "validation-token-accuracy"
    case sequenceAccuracy = "sequence-accuracy"
    case validationSequenceAccuracy = "validation-sequence-accuracy"
    case endingAccuracy = "ending-accuracy"
    case learningRate = "learning-rate"
    case gradientNorm = "gradient-norm"
    case tokensPerSecond = "tokens-per-second"

    public var name: Wording {
        switch self {
        case .loss: Wording("training loss", "训练损失")
        case .validationLoss: Wording("validation loss", "验证损失")
        case .tokenAccuracy: Wording("token accuracy", "词元准确率")
        case .validationTokenAccuracy: Wording("validation token accuracy", "验证词元准确率")
        case .sequenceAccuracy: Wording("sequence accuracy", "整句准确率")
        case .validationSequenceAccuracy: Wording("validation sequence accuracy", "验证整句准确率")
        case .endingAccuracy: Wording("ending accuracy", "结尾准确率")
        case .learningRate: Wording("learning rate", "学习率")
        case .gradientNorm: Wording("gradient norm", "梯度范数")
        case .tokensPerSecond: Wording("tokens a second", "词元/秒")
        }
    }

    /// Measured on what the run does not learn from, and only now and then.
    public var isValidation: Bool {
        self == .validationLoss || self == .validationTokenAccuracy || self == .validationSequenceAccuracy
    }

    /// Nil where a step does not tell it.
    public func value(in step: StepMetrics) -> Double? {
        switch self {
        case .loss: step.trainingLoss
        case .validationLoss: step.validationLoss
        case .tokenAccuracy: step.trainingTokenAccuracy
        case .validationTokenAccuracy: step.validationTokenAccuracy
        case .sequenceAccuracy: step.trainingSequenceAccuracy
        case .validationSequenceAccuracy: step.validationSequenceAccuracy
        case .endingAccuracy: step.trainingEndingAccuracy
        case .learningRate: step.learningRate
        case .gradientNorm: step.gradientNorm
        case .tokensPerSecond: step.tokensPerSecond
        }
    }
}

/// A chart of a run: one measure, with the same on the validation file where there is one.
public enum ChartTopic: String, CaseIterable, Codable, Sendable {
    case loss
    case tokenAccuracy = "token-accuracy"
    case sequenceAccuracy = "sequence-accuracy"
    case learningRate = "learning-rate"
    case gradientNorm = "gradient-norm"
    case speed

    public var name: Wording {
        switch self {
        case .loss: Wording("loss", "损失")
        case .tokenAccuracy: Wording("token accuracy", "词元准确率")
        case .sequenceAccuracy: Wording("sequence accuracy", "整句准确率")
        case .learningRate: Wording("learning rate", "学习率")
        case .gradientNorm: Wording("gradient norm", "梯度范数")
        case .speed: Wording("speed, tokens a second", "速度（词元/秒）")
        }
    }

    public var measures: [RunMeasure] {
        switch self {
        case .loss: [.loss, .validationLoss]
        case .tokenAccuracy: [.tokenAccuracy, .validationTokenAccuracy]
        case .sequenceAccuracy: [.sequenceAccuracy, .validationSequenceAccuracy]
        case .learningRate: [.learningRate]
        case .gradientNorm: [.gradientNorm]
        case .speed: [.tokensPerSecond]
        }
    }
}

/// What a chart's x axis counts.
public enum ChartUnit: String, CaseIterable, Codable, Sendable {
    case steps, examples
    /// Seconds since the first step.
    case time

    public var name: Wording {
        switch self {
        case .steps: Wording("steps", "步")
        case .examples: Wording("examples", "样本")
        case .time: Wording("time", "用时")
        }
    }

    public var next: ChartUnit {
        switch self {
        case .steps: .examples
        case .examples: .time
        case .time: .steps
        }
    }
}
