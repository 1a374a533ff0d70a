/// One line of a dataset.
public enum Record: Hashable, Sendable {
    /// A prompt and what should follow it.
    case completion(prompt: String, completion: String)
    /// A conversation whose assistant turns are learned.
    case chat([Message])
    /// Two answers to the same conversation, the better one first.
    case preference(input: [Message], preferred: [Message], rejected: [Message])

    /// What kind of record a dataset holds.
    public enum Shape: String, CaseIterable, Codable, Sendable {
        case completion, chat, preference
    }

    public var shape: Shape {
        switch self {
        case .completion: .completion
        case .chat: .chat
        case .preference: .preference
        }
    }
}
