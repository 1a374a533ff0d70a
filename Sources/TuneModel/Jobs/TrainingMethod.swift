/// What a run learns from its records.
public enum TrainingMethod: Hashable, Codable, Sendable {
    /// Completions, and the assistant's turns of conversations.
    case supervised
    /// Direct preference optimization (Rafailov et al., 2023) on preference records; `beta` holds the model near the
    /// base, which is the reference.
    case dpo(beta: Double)

    /// The beta that a run takes when none is given.
    public static let defaultBeta = 0.1
}

/// Which numbers of the model a run changes.
public enum TuningKind: String, CaseIterable, Codable, Sendable {
    /// Low-rank pairs beside the frozen weights.
    case lora
    /// Every weight of the blocks' linear layers; delivers a whole model.
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
