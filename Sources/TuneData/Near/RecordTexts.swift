import TuneModel

/// The texts of a line that a model would see: prompt and completion, or what is said in a conversation.
struct RecordTexts {
    /// Keys whose texts count, in lower case; nil for conversations, where it is the innermost key that counts.
    private let columns: (prompt: [UInt8], completion: [UInt8])?
    private let decoded = ByteBuffer()

    init(of dataset: Dataset) {
        let columns = dataset.columns
        let isPairs = dataset.shape == .completion && ChatLayout(of: dataset) == nil
        self.columns =
            isPairs ? (Array(columns.prompt.lowercased().utf8), Array(columns.completion.lowercased().utf8)) : nil
    }

    /// Calls `visit` for each text, escapes resolved; the bytes are valid during the call. A broken line has the texts
    /// before the break.
    func forEach(in line: UnsafeBufferPointer<UInt8>, _ visit: (UnsafeBufferPointer<UInt8>) -> Void) {
        var scanner = JSONScanner(line)
        try? walk(&scanner, depth: 0, isWanted: false, visit)
    }

    // MARK: -

    private func walk(
        _ scanner: inout JSONScanner, depth: Int, isWanted: Bool, _ visit: (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(JSONScanner.Failure) {
        scanner.skipSpace()
        guard depth < JSONScanner.depthLimit else { throw scanner.failure(.nestedTooDeep) }
        switch scanner.next {
        case UInt8(ascii: "{"):
            try scanner.enterObject()
            var isFirst = true
            while let key = try scanner.nextKey(isFirst: isFirst) {
                isFirst = false
                try walk(
                    &scanner, depth: depth + 1, isWanted: counts(key, in: scanner.bytes, depth: depth), visit)
            }
        case UInt8(ascii: "["):
            try scanner.enterList()
            var isFirst = true
            while try scanner.nextElement(isFirst: isFirst) {
                isFirst = false
                try walk(&scanner, depth: depth + 1, isWanted: isWanted, visit)
            }
        default:
            let value = try scanner.value(depth: depth)
            guard isWanted, value.kind == .text else { return }
            let raw = UnsafeBufferPointer(rebasing: scanner.bytes[value.range])
            guard value.hasEscapes else { return visit(raw) }
            decoded.count = 0
            JSONText.decode(raw, into: decoded)
            visit(decoded.bytes)
        }
    }

    private func counts(_ key: JSONScanner.Value, in bytes: UnsafeBufferPointer<UInt8>, depth: Int) -> Bool {
        let name = UnsafeBufferPointer(rebasing: bytes[key.range])
        if let columns { return depth == 0 && (Self.same(name, columns.prompt) || Self.same(name, columns.completion)) }
        return Self.spoken.contains { Self.same(name, $0) }
    }

    /// Keys that hold what somebody says.
    private static let spoken = ["content", "text", "value", "prompt", "chosen", "rejected"].map { Array($0.utf8) }

    /// Whether a name is a key but for capitals.
    private static func same(_ name: UnsafeBufferPointer<UInt8>, _ key: [UInt8]) -> Bool {
        guard name.count == key.count else { return false }
        for place in 0..<key.count {
            let byte = name[place]
            if (byte &- 0x41 < 26 ? byte | 0x20 : byte) != key[place] { return false }
        }
        return true
    }
}
