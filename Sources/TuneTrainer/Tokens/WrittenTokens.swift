/// A vocabulary in its written form, with a fast way from a text to its token.
struct WrittenTokens: Sendable {
    /// All tokens, one after the other.
    private var text: [UInt8] = []
    /// Where each token begins, and where the last one ends.
    private var starts: [Int] = [0]
    /// Open addressing by hash; −1 is free.
    private var slots: [Int32]

    var count: Int { starts.count - 1 }

    init(_ tokens: GGUFArray, path: String) throws(TrainerError) {
        slots = Array(repeating: -1, count: hashCapacity(for: tokens.count))
        guard tokens.count > 0 else { throw .damagedTokenizer(path: path, .empty) }
        starts.reserveCapacity(tokens.count + 1)
        text.reserveCapacity(tokens.byteRange.count)
        let areStrings = try tokens.forEachString { (_, token) throws(TrainerError) in try append(token, path: path) }
        guard areStrings else { throw .damagedTokenizer(path: path, .wrongList(key: "tokenizer.ggml.tokens")) }
    }

    /// Numbers without a token are written as nothing, and are found by nothing.
    init(_ tokens: TokenList, path: String) throws(TrainerError) {
        slots = Array(repeating: -1, count: hashCapacity(for: tokens.count))
        guard tokens.filled > 0 else { throw .damagedTokenizer(path: path, .empty) }
        starts.reserveCapacity(tokens.count + 1)
        for id in 0..<tokens.count {
            guard let token = tokens[id] else {
                starts.append(text.count)
                continue
            }
            let result = token.withUnsafeBytes { bytes in
                Result { () throws(TrainerError) in try append(bytes, path: path) }
            }
            try result.get()
        }
    }

    private mutating func append(_ token: UnsafeRawBufferPointer, path: String) throws(TrainerError) {
        let slot = self.slot(of: token, UnsafeRawBufferPointer(start: nil, count: 0))
        if slots[slot] >= 0 {
            throw .damagedTokenizer(path: path, .duplicateToken(index: count, other: Int(slots[slot])))
        }
        slots[slot] = Int32(count)
        text += token
        starts.append(text.count)
    }

    /// The token that is written as `head` and then `tail`.
    func id(of head: UnsafeRawBufferPointer, _ tail: UnsafeRawBufferPointer) -> Int32? {
        let found = slots[slot(of: head, tail)]
        return found < 0 ? nil : found
    }

    func id(of text: String) -> Int32? {
        Array(text.utf8).withUnsafeBytes { id(of: $0, UnsafeRawBufferPointer(start: nil, count: 0)) }
    }

    /// Calls `body` with each token's written form.
    func forEachToken(_ body: (Int, UnsafeRawBufferPointer) -> Void) {
        text.withUnsafeBytes { text in
            for index in 0..<count {
                body(index, UnsafeRawBufferPointer(rebasing: text[starts[index]..<starts[index + 1]]))
            }
        }
    }

    /// The slot that holds the text, or the free one where it would go.
    private func slot(of head: UnsafeRawBufferPointer, _ tail: UnsafeRawBufferPointer) -> Int {
        // FNV-1a: the tokens are short, and the file cannot gain from collisions.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in head { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in tail { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
        while slots[slot] >= 0, !isToken(Int(slots[slot]), head, tail) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func isToken(_ index: Int, _ head: UnsafeRawBufferPointer, _ tail: UnsafeRawBufferPointer) -> Bool {
        let token = text[starts[index]..<starts[index + 1]]
        return token.count == head.count + tail.count && token.prefix(head.count).elementsEqual(head)
            && token.suffix(tail.count).elementsEqual(tail)
    }
}

/// A power of two that leaves at least half of the slots free.
func hashCapacity(for count: Int) -> Int {
    var capacity = 16
    while capacity < 2 * count + 1 { capacity *= 2 }
    return capacity
}
