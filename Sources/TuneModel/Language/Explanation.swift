/// What went wrong and what to do about it, as a person is told.
public struct Explanation: Hashable, Codable, Sendable {
    /// What happened, where, and why: one sentence.
    public let what: Wording
    /// The next step to take: one sentence.
    public let next: Wording

    public init(_ what: Wording, next: Wording) {
        self.what = what
        self.next = next
    }

    /// Both sentences, in one line.
    public func text(in language: Language) -> String {
        what[language] + (language == .chinese ? "" : " ") + next[language]
    }
}

/// The process exit code that a failure ends a command with.
public enum ExitStatus: Int32, Sendable {
    case done = 0
    case failed = 1
    case usage = 2
    /// A network failure that is worth another try.
    case network = 3
    /// The user's data or model file is at fault.
    case badData = 4
    case interrupted = 130
}

/// An error of facts that knows how it is told to a person.
///
/// Every module has one enum of this kind; the wording stands in its `explanation` and nowhere else.
public protocol ExplainedError: Error, Sendable {
    var explanation: Explanation { get }
    var exitStatus: ExitStatus { get }
    /// What it means to a program that asked over a network.
    var failureKind: FailureKind { get }
    /// For programs: `model_not_found`, `context_length_exceeded`, …; nil where none is agreed on.
    var failureCode: String? { get }
    /// The setting at fault, as the protocol names it.
    var failureParameter: String? { get }
}

extension Explanation {
    /// The explanation of any error; one that cannot explain itself is quoted.
    public init(of error: any Error) {
        if let explained = error as? any ExplainedError {
            self = explained.explanation
        } else {
            self.init(
                Wording("Something unexpected went wrong: \(error).", "出现意外错误：\(error)。"),
                next: Wording("Try again; `tunedeck doctor` checks the set-up.", "请重试；`tunedeck doctor` 可检查环境。"))
        }
    }
}
