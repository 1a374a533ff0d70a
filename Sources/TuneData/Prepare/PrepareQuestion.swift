public import TuneModel

/// One of the prepare-data questions, with its evidence, as it stands under the answers given so far.
public struct PrepareQuestion: Identifiable, Hashable, Sendable {
    /// The name that `--yes` and `--no` take, and the recipe file records.
    public enum ID: String, CaseIterable, Codable, Sendable {
        case cleanText = "clean-text"
        case mapRoles = "map-roles"
        case removeEmptyTurns = "remove-empty-turns"
        case joinTurns = "join-turns"
        case stripText = "strip-text"
        case setSystem = "set-system-prompt"
        case removeUntrainable = "remove-untrainable"
        case removeEqualAnswers = "remove-equal-answers"
        case removeDuplicates = "remove-duplicates"
        case removeNear = "remove-near-duplicates"
        case removeLong = "remove-long"
        case removeTooLong = "remove-over-long"
        case lowercasePrompts = "lowercase-prompts"
        case lowercaseCompletions = "lowercase-completions"
        case addSeparator = "add-separator"
        case removePromptPrefix = "remove-prompt-prefix"
        case removeCompletionPrefix = "remove-completion-prefix"
        case addEnding = "add-ending"
        case addSpace = "add-space"
        case split
        case setApart = "set-apart"
        case write

        /// What counts without an answer: no where the classic tool did nothing, or where much would be lost.
        var suggestion: Bool {
            switch self {
            case .removeNear, .removeTooLong, .setApart, .setSystem: false
            default: true
            }
        }
    }

    public let id: ID
    /// The question, in one sentence.
    public let title: Wording
    /// What is gained by yes.
    public let why: Wording
    /// What yes does, in a few words, for the list of answered questions: `add “ ->”`.
    public let action: Wording
    /// Records that yes would change or leave out, given the earlier answers.
    public let count: Int
    /// At most three of those records.
    public let examples: [PrepareExample]
    /// Rows in the file, from 0, that yes would change: the first thousand.
    public let rows: [Int]
    /// What is proposed, and counts until it was answered.
    public let suggestion: Bool
    /// nil until it was answered.
    public let answer: Bool?

    /// Whether the outcome includes it.
    public var isAccepted: Bool { answer ?? suggestion }
}

/// A record before and after a repair.
public struct PrepareExample: Hashable, Sendable {
    /// The text that a repair is about.
    public enum Field: Hashable, Sendable {
        case prompt, completion, record
        /// A whole conversation, which stands in `prompt`.
        case conversation
    }

    /// Row in the file, from 0.
    public let row: Int
    public let field: Field
    /// As the earlier answers left it. Very long texts are cut in the middle.
    public let before: Pair
    /// nil when the record would be left out.
    public let after: Pair?

    /// A prompt and its completion, fit for showing: broken bytes appear as U+FFFD.
    public struct Pair: Hashable, Sendable {
        public let prompt: String
        public let completion: String
    }
}
