import TuneModel

/// What the answers given so far lead to; nothing of it has happened yet.
public struct PrepareOutcome: Hashable, Sendable {
    /// What the records teach, which decides the questions worth asking.
    public enum Task: Hashable, Sendable {
        /// Prompts are empty: the model learns to write freely.
        case openEnded
        /// Few answers, each of them many times.
        case classification(classes: Int)
        case conditional
        /// Turns of a user and an assistant.
        case conversations
        /// A better and a worse answer to each question.
        case preferences
    }

    public let task: Task
    /// Records in the file.
    public let recordsRead: Int
    /// Records that the prepared file will hold; both files together when split.
    public let records: Int
    /// Whether there is anything to write; false means that the file can be trained as it is.
    public let isChanged: Bool
    /// Paths as they would be named now: one file, or training and validation; empty when nothing is to be written.
    public let files: [String]
    /// Records of each of `files`; of files set apart in groups, about so many.
    public let fileRecords: [Int]
    /// The share of records that is offered to be set apart.
    let share: Double
    /// Whether records are set apart in groups.
    let isSetApart: Bool
    /// What every prompt will end with; questions put to the model should end with it too.
    public let separator: String?
    /// What every completion will end with; answers should be stopped at it. Never set for classes.
    public let ending: String?
}

extension PrepareOutcome {
    /// Fewer records than this are too few to set any apart.
    private static let fewestToSetApart = 50

    /// About how many records stay and are set apart; nil when there are too few.
    static func parts(of records: Int, share: Double) -> (training: Int, validation: Int)? {
        guard records >= fewestToSetApart, share > 0 else { return nil }
        let apart = min(max(1, Int((Double(records) * share).rounded())), records - 1)
        return (records - apart, apart)
    }

    /// Whether setting some records apart is worth asking; classes have a question of their own.
    var offersSettingApart: Bool {
        if case .classification = task { return false }
        return Self.parts(of: records, share: share) != nil
    }
}

extension PrepareQuestion {
    static func setApart(_ outcome: PrepareOutcome, answer: Bool?) -> PrepareQuestion {
        let parts = PrepareOutcome.parts(of: outcome.records, share: outcome.share) ?? (outcome.records, 0)
        return PrepareQuestion(
            id: .setApart, title: ID.setApartTitle(parts), why: ID.setApartWhy, action: Wording("set apart", "留出"),
            count: parts.validation, examples: [], rows: [], suggestion: ID.setApart.suggestion, answer: answer)
    }
}

/// What was written, or the file itself when there was nothing to change.
public struct PreparedFiles: Hashable, Sendable {
    /// The file to train on.
    public let training: String
    /// Set when the records were split.
    public let validation: String?
    /// The record of what was done, beside the output; nil when nothing was written.
    public let recipe: String?
    public let trainingRecords: Int
    public let validationRecords: Int
    /// False when the file needed no change and nothing was written.
    public let isWritten: Bool
}
