public import TuneModel

/// What keeps a service from doing what it was asked. Texts that came from a service have its key hidden.
public enum ServiceFault: ExplainedError, Hashable {
    /// No connection came about; nothing was sent.
    case unreachable(host: String, reason: Wording)
    /// The whole call took longer than it may.
    case timedOut(host: String, seconds: Double)
    /// A connection stood, and nothing came over it for too long.
    case stalled(host: String)
    /// The connection ended before the answer did.
    case cutOff(host: String)
    case refusedKey(service: ServiceName, message: String)
    /// The key is good, and not for this.
    case forbidden(message: String)
    case notFound(message: String)
    /// - Parameter wait: seconds that the service asks for; nil when it does not say.
    case rateLimited(wait: Double?, message: String)
    /// The service understood, and does not do it.
    case refused(status: Int, message: String, code: String?, parameter: String?)
    /// The fault is on the service's side.
    case serverBroken(status: Int, message: String)
    /// Something answers, and does not speak the protocol: a web page, the page of a network's login.
    case notThisProtocol(host: String)
    /// An answer that should be the protocol's and is damaged.
    case badAnswer(host: String, detail: Wording)
    case answerTooLarge(limit: Int)
    /// The service sends on to an address that the request must not be carried to.
    case redirectRefused(to: String)
    /// The key would go over an open line to another machine.
    case keyInTheOpen(host: String)
    /// The certificate of the service is not trusted.
    case certificateRefused(host: String, reason: Wording)
    case badAddress(String)
    case badProxy
    case badCertificateFile(path: String)
    /// The protocol, or the older form of it that the service speaks, has no place for this part of the request.
    case unsupported(part: String)
    case unreadableFile(path: String, reason: Wording)
    case unwritableFile(path: String, reason: Wording)
    /// The request was sent, no answer came, and whether the job was made cannot be found out at the moment.
    case jobUncertain(host: String)
    /// An answer was stopped by the service's content filter.
    case withheld
    /// The error that a stream of events ended with.
    case brokenStream(message: String)

    /// Whether the same call may succeed later, with nothing changed.
    public var isPassing: Bool {
        switch self {
        case .unreachable, .timedOut, .stalled, .cutOff, .rateLimited, .serverBroken, .notThisProtocol, .badAnswer,
            .jobUncertain, .brokenStream:
            true
        case .refusedKey, .forbidden, .notFound, .refused, .answerTooLarge, .redirectRefused, .keyInTheOpen,
            .certificateRefused, .badAddress, .badProxy, .badCertificateFile, .unsupported, .unreadableFile,
            .unwritableFile, .withheld:
            false
        }
    }

    public var exitStatus: ExitStatus {
        switch self {
        case .badAddress, .badProxy, .badCertificateFile, .keyInTheOpen, .unsupported: .usage
        case .notThisProtocol, .badAnswer: .badData
        default: isPassing ? .network : .badData
        }
    }

    public var failureKind: FailureKind {
        switch self {
        case .notFound: .missing
        case .unreachable, .timedOut, .stalled, .cutOff, .rateLimited, .jobUncertain: .busy
        case .serverBroken, .notThisProtocol, .badAnswer, .answerTooLarge, .brokenStream: .broken
        default: .refused
        }
    }

    public var failureCode: String? {
        if case .refused(_, _, let code, _) = self { code } else { nil }
    }

    public var failureParameter: String? {
        switch self {
        case .refused(_, _, _, let parameter): parameter
        case .unsupported(let part): part
        default: nil
        }
    }
}
