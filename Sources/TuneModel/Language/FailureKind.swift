/// What a failure means to a program that asked for something over a network.
public enum FailureKind: Hashable, Sendable {
    /// There is no such thing.
    case missing
    /// It cannot be done as it was asked for, or not with the thing as it is.
    case refused
    /// Not at this moment; another try may succeed.
    case busy
    /// The fault is on the answering side.
    case broken
}

extension ExplainedError {
    /// By what a command would exit with.
    public var failureKind: FailureKind {
        switch exitStatus {
        case .usage, .badData: .refused
        case .network: .busy
        case .done, .failed, .interrupted: .broken
        }
    }

    public var failureCode: String? { nil }
    public var failureParameter: String? { nil }
}
