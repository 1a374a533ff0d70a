/// How rows are sorted.
public struct RowOrder: Hashable, Sendable {
    public enum Key: String, CaseIterable, Hashable, Sendable {
        /// As they stand in the file.
        case row
        /// By code points, capitals as small letters. Of a chat, the first turn that is none of the system's or the
        /// assistant's.
        case prompt
        /// Likewise; of a chat, its first answer.
        case completion
        /// Characters in all.
        case length
        /// Characters of what precedes the answers.
        case promptLength
        case tokens
        /// Tokens that the trainer learns to say.
        case trained
        case turns
        /// In the last job.
        case loss
        case language

        /// What has to be known from outside the file.
        public var need: QueryNeed? {
            switch self {
            case .tokens, .trained: .tokens
            case .loss: .losses
            case .row, .prompt, .completion, .length, .promptLength, .turns, .language: nil
            }
        }
    }

    public var key: Key
    public var isDescending: Bool

    public init(_ key: Key = .row, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}
