/// A passage that hardly ought to be trained on: a model can be made to say what it has learned.
struct PrivateData: Hashable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// Access keys of services, tokens, passwords in addresses, private keys.
        case secret
        case card
        case idNumber
        case phone
        case email
        case network
    }

    let kind: Kind
    /// Bytes of the text it was found in.
    let range: Range<Int>

    /// The passage for showing: its middle is left out, so that nobody can use it.
    func masked(in text: UnsafeBufferPointer<UInt8>) -> String {
        let passage = String(decoding: text[range], as: UTF8.self)
        switch kind {
        case .email:
            guard let at = passage.lastIndex(of: "@") else { return Self.masked(passage) }
            return passage.prefix(1) + "…" + passage[at...]
        case .network:
            let parts = passage.split(separator: ".")
            return parts.count == 4 ? "\(parts[0]).\(parts[1]).…" : Self.masked(passage)
        case .secret, .card, .idNumber, .phone:
            return Self.masked(passage)
        }
    }

    /// At most a fifth of a passage, and never more than six characters of it.
    private static func masked(_ passage: String) -> String {
        let count = passage.count
        return passage.prefix(min(4, count / 5)) + "…" + passage.suffix(min(2, count / 10))
    }
}
