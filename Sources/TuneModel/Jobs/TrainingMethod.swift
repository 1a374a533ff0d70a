/// What a run learns from its records.
public enum TrainingMethod: Hashable, Codable, Sendable {
    /// Completions, and the assistant's turns of conversations.
    case supervised
    /// Direct preference optimization (Rafailov et al., 2023) on preference records; `beta` holds the model near the
    /// reference, which is the model that the run starts from: the base, or the fine-tuned model that is gone on from.
    case dpo(beta: Double)

    /// The beta that a run takes when none is given.
    public static let defaultBeta = 0.1
}

extension Record.Shape {
    /// How a run learns from such records when nobody says so.
    public var method: TrainingMethod {
        switch self {
        case .completion, .chat: .supervised
        case .preference: .dpo(beta: TrainingMethod.defaultBeta)
        }
    }
}

extension HyperparameterRequest {
    /// The same request with the method that the records call for, where none was asked for.
    public func fitting(_ shape: Record.Shape?) -> HyperparameterRequest {
        guard method == nil, let shape else { return self }
        var request = self
        request.method = shape.method
        return request
    }
}

/// Which numbers of the model a run changes.
public enum TuningKind: String, CaseIterable, Codable, Sendable {
    /// Low-rank pairs beside the frozen weights.
    case lora
    /// Every weight of the blocks' linear layers, in f32; norms, biases, embedding and head stay as they are. Delivers a
    /// whole model.
    case full
}

/// How the learning rate goes on after the warm-up.
public enum LearningRateSchedule: String, CaseIterable, Codable, Sendable {
    /// Half a cosine down to 0.
    case cosine
    /// A straight line down to 0.
    case linear
    /// Stays at its peak.
    case constant
}
