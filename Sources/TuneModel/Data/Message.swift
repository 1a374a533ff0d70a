/// One turn of a conversation.
public struct Message: Hashable, Codable, Sendable {
    /// `system`, `user`, `assistant`, `tool` or `developer`; other names are kept, and are a finding.
    public var role: String
    public var content: String
    /// 1 trains an assistant's turn, 0 leaves it out; nil means 1.
    public var weight: Double?

    public init(role: String, content: String, weight: Double? = nil) {
        self.role = role
        self.content = content
        self.weight = weight
    }

    /// Whether the trainer learns this turn.
    public var isTrained: Bool { role == "assistant" && (weight ?? 1) > 0 }
}
