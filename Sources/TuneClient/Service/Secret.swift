/// A text that is shown nowhere: it prints as dots, and what holds it can be printed, logged and compared without it
/// being told.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// White space around it, such as the line end of a key file, does not belong to it.
    public init(_ text: String) {
        self.text = text.trimmed
    }

    /// The text itself, for the one place that sends it.
    public func revealed() -> String { text }

    /// A text with every mention of the secret hidden.
    public func redacting(_ other: String) -> String {
        text.isEmpty ? other : other.split(separator: text, omittingEmptySubsequences: false).joined(separator: "•••")
    }

    public var isEmpty: Bool { text.isEmpty }
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
