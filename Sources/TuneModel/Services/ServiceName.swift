/// What a configured service is called: `openai`, `office`. The local worker has none: where a service is optional, nil
/// means this machine.
public struct ServiceName: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// Lower-case letters, digits, `-` and `_`, at most 32, beginning with a letter; `local` is this machine's own name.
    public init?(_ text: String) {
        guard text != Self.local, (1...32).contains(text.count), text.first?.isLetter == true,
            text.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-" || $0 == "_") })
        else { return nil }
        self.text = text
    }

    /// What this machine is called where a service is chosen.
    public static let local = "local"

    public var description: String { text }

    public static func < (one: ServiceName, other: ServiceName) -> Bool { one.text < other.text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = ServiceName(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a service's name: \(text)")
        }
        self = name
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
