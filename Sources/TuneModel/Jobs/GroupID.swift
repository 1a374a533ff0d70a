/// A sweep's name: `sweep-` and eight small letters and digits. Its jobs are shown, compared and ended together.
public struct GroupID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        let tail = text.dropFirst("sweep-".count)
        guard text.hasPrefix("sweep-"), tail.count == 8, tail.allSatisfy(Self.letters.contains) else { return nil }
        self.text = text
    }

    public static func random() -> GroupID {
        GroupID("sweep-" + String((0..<8).map { _ in letters.randomElement()! }))!
    }

    public var description: String { text }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
}

/// Where a queued job is to stand.
public enum QueueMove: Hashable, Sendable {
    /// It becomes the next one, or the last one.
    case top, bottom
    /// It changes places with the one before it, or after it.
    case up, down
    case before(JobID)
}
