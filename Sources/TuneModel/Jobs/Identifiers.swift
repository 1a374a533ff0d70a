/// A job's name: `ftjob-` and 24 letters and digits; `ft-` and the same 24 on the legacy surface.
public struct JobID: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The modern spelling, `ftjob-…`.
    public let text: String

    /// Takes either spelling; nil when the text is neither.
    public init?(_ text: String) {
        for prefix in ["ftjob-", "ft-"] where text.hasPrefix(prefix) {
            let tail = text.dropFirst(prefix.count)
            guard tail.count == 24, tail.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return nil }
            self.text = "ftjob-" + tail
            return
        }
        return nil
    }

    /// A new name from a source of chance.
    public init(using source: inout some RandomNumberGenerator) {
        text = "ftjob-" + randomTail(using: &source)
    }

    public static func random() -> JobID {
        var source = SystemRandomNumberGenerator()
        return JobID(using: &source)
    }

    /// The same job on the legacy surface.
    public var legacyText: String { "ft-" + text.dropFirst("ftjob-".count) }
    public var description: String { text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = JobID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a job id: \(text)")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// An uploaded file's name: here `file-` and 24 letters and digits; a service may have a form of its own.
public struct FileID: Hashable, Codable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard text.hasPrefix("file-"), text.count > 5,
            text.dropFirst(5).allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        else { return nil }
        self.text = text
    }

    /// A name that some other service gave: letters, digits, `-`, `_` and `.`, at most 128, not beginning with a dot.
    public init?(foreign text: String) {
        guard (1...128).contains(text.utf8.count), !text.hasPrefix("."),
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
        else { return nil }
        self.text = text
    }

    public static func random() -> FileID {
        var source = SystemRandomNumberGenerator()
        return FileID("file-" + randomTail(using: &source))!
    }

    public var description: String { text }
}

private let lettersAndDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

private func randomTail(using source: inout some RandomNumberGenerator) -> String {
    String((0..<24).map { _ in lettersAndDigits.randomElement(using: &source)! })
}
