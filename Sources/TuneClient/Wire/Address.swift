import Foundation

/// Where a request goes.
struct Address: Hashable, Sendable {
    let url: URL

    /// Nil for what is no `http` or `https` address of a host.
    init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), let host = url.host(),
            !host.isEmpty
        else { return nil }
        self.url = url
    }

    var isPlain: Bool { url.scheme?.lowercased() == "http" }
    var host: String { (url.host() ?? "").lowercased() }
    var port: Int { url.port ?? (isPlain ? 80 : 443) }

    /// Host and port, without user and password.
    var label: String { url.port.map { "\(host):\($0)" } ?? host }

    /// Scheme, host and port: whom the key is for.
    func isSameOrigin(as other: Address) -> Bool {
        isPlain == other.isPlain && host == other.host && port == other.port
    }

    /// Whether what is sent there stays on this machine.
    var isLoopback: Bool {
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        if bare == "localhost" || bare.hasSuffix(".localhost") || bare == "::1" { return true }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The address of a thing below this one.
    func appending(_ path: [String], query: [(String, String)]) -> Address? {
        guard var parts = URLComponents(url: url, resolvingAgainstBaseURL: true) else { return nil }
        parts.user = nil
        parts.password = nil
        parts.fragment = nil
        var base = parts.percentEncodedPath
        while base.hasSuffix("/") { base.removeLast() }
        parts.percentEncodedPath = base + path.map { "/" + Self.escaped($0, keeping: ":@") }.joined()
        let own = parts.percentEncodedQuery.map { [$0] } ?? []
        let pairs = own + query.map { "\(Self.escaped($0.0, keeping: ""))=\(Self.escaped($0.1, keeping: ""))" }
        parts.percentEncodedQuery = pairs.isEmpty ? nil : pairs.joined(separator: "&")
        return parts.url.flatMap(Address.init)
    }

    /// Where a redirect leads.
    func following(_ location: String) -> Address? {
        URL(string: location, relativeTo: url).map(\.absoluteURL).flatMap(Address.init)
    }

    /// A name of dots would lead to another place.
    private static func escaped(_ text: String, keeping signs: String) -> String {
        if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
        var escaped = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80,
                character.isLetter || character.isNumber || "-._~".contains(character)
                    || signs.contains(character)
            {
                escaped.append(character)
            } else {
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return escaped
    }
}
