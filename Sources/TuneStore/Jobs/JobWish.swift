/// What a person asked of a running job; its worker looks between steps.
public enum JobWish: String, Sendable {
    case cancel, pause
}
