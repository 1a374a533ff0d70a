/// What a person asked of a running job; its worker looks between steps.
public enum JobWish: String, Sendable {
    case cancel, pause
    /// End here and deliver what has been learned.
    case keep
}
