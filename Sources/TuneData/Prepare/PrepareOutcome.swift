/// What the answers given so far lead to; nothing of it has happened yet.
public struct PrepareOutcome: Hashable, Sendable {
    /// What the records teach, which decides the questions worth asking.
    public enum Task: Hashable, Sendable {
        /// Prompts are empty: the model learns to write freely.
        case openEnded
        /// Few answers, each of them many times.
        case classification(classes: Int)
        case conditional
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
    /// Records of each of `files`.
    public let fileRecords: [Int]
    /// What every prompt will end with; questions put to the model should end with it too.
    public let separator: String?
    /// What every completion will end with; answers should be stopped at it. Never set for classes.
    public let ending: String?
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
