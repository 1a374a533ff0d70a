/// What the figures of a run say about it, in plain words: what is seen, what shows it, what to try next.
public struct Diagnosis: Hashable, Codable, Sendable {
    public enum Code: String, CaseIterable, Codable, Sendable {
        /// Validation loss rises while training loss falls.
        case overfitting
        /// The training records are known by heart, others are not.
        case memorizing
        /// The loss rose instead of falling.
        case rateTooHigh = "learning_rate_too_high"
        /// The loss hardly moved.
        case rateTooLow = "learning_rate_too_low"
        case tooLittleData = "too_little_data"
        /// Records are longer than the model's context.
        case cutByContext = "cut_by_context"
        /// The model does not know where its answers are over.
        case endingNotLearned = "ending_not_learned"
        /// The loss was still falling when the run ended.
        case stoppedEarly = "more_steps_would_help"
        /// Nothing to mend.
        case healthy
    }

    /// How much it matters, rising.
    public enum Severity: Int, Codable, Sendable, Comparable {
        case fine, hint, warning, problem

        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

        /// A sign for it, so that it is never told by colour alone.
        public var mark: String {
            switch self {
            case .fine: "✓"
            case .hint: "○"
            case .warning: "!"
            case .problem: "✗"
            }
        }
    }

    public let code: Code
    public let severity: Severity
    /// The update from which on it shows; nil where it is no matter of time.
    public let since: Int?
    public let what: Wording
    public let evidence: Wording
    /// The next thing to try.
    public let advice: Wording

    init(
        _ code: Code, _ severity: Severity, since: Int? = nil, _ what: Wording, evidence: Wording, advice: Wording
    ) {
        self.code = code
        self.severity = severity
        self.since = since
        self.what = what
        self.evidence = evidence
        self.advice = advice
    }

    /// What a run shows so far, the gravest first; `healthy` alone when there is nothing to mend, and nothing at all
    /// before there is enough to judge by.
    public static func all(of run: RunEvidence) -> [Diagnosis] {
        let found = [
            rateTooHigh(run), overfitting(run), memorizing(run), endingNotLearned(run), cutByContext(run),
            tooLittleData(run), rateTooLow(run), stoppedEarly(run),
        ].compactMap(\.self)
        if found.isEmpty { return healthy(run).map { [$0] } ?? [] }
        // A stable order: of equal weight the rule that is asked first stays first.
        return found.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }
}

extension Diagnosis {
    /// All of it in one line.
    public var sentence: Wording { what + Wording(" ", "") + evidence + Wording(" ", "") + advice }
}
