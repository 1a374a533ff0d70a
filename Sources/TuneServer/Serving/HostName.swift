/// Names of machines, as they stand in `Host` headers and on command lines.
enum HostName {
    /// The name without its port, in lower case; nil when it is none.
    static func name(ofHeader value: String) -> String? {
        let value = value.lowercased()
        guard !value.isEmpty, value.utf8.allSatisfy({ 0x21..<0x7F ~= $0 }) else { return nil }
        if value.hasPrefix("[") {
            guard let end = value.firstIndex(of: "]"), isPort(value[value.index(after: end)...]) else { return nil }
            return String(value[value.index(after: value.startIndex)..<end])
        }
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, parts.count == 1 || isPort(":" + parts[1]) else { return nil }
        return String(name)
    }

    static func isLoopback(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "localhost" || name.hasSuffix(".localhost") || name == "::1"
            || (name.hasPrefix("127.") && isIPv4(name))
    }

    /// An address rather than a name: no name server stands behind it that could be made to lie.
    static func isAddress(_ name: String) -> Bool {
        isIPv4(name) || (name.contains(":") && name.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." })
    }

    private static func isIPv4(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { $0.count <= 3 && $0.allSatisfy { $0.isASCII && $0.isNumber } && UInt8($0) != nil }
    }

    private static func isPort(_ text: some StringProtocol) -> Bool {
        text.isEmpty || (text.first == ":" && UInt16(text.dropFirst()) != nil)
    }
}
