/// A vocabulary as a tree of bytes, so that tokens which begin alike are looked at once.
struct VocabularyTrie: Sendable {
    /// In the order of a walk: a node's descendants follow it.
    private var bytes: [UInt8] = []
    private var depths: [UInt8] = []
    /// The first node that is no descendant.
    private var ends: [Int32] = []
    /// Where each node's tokens begin in `tokens`, and where the last one's end.
    private var firsts: [Int32] = [0]
    private var tokens: [Int32] = []
    /// Tokens in the vocabulary.
    let count: Int

    /// Longer tokens are left out.
    private static let deepest = 255

    /// The tokens that make text, of a vocabulary of `count`.
    init(count: Int, tokens: some Sequence<(id: Int32, bytes: ArraySlice<UInt8>)>) {
        self.count = count
        let sorted = tokens.filter { (1...Self.deepest).contains($0.bytes.count) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        var path: [Int] = []
        var last: ArraySlice<UInt8> = []
        for token in sorted {
            let shared = zip(token.bytes, last).prefix { $0 == $1 }.count
            close(&path, to: shared)
            for byte in token.bytes.dropFirst(shared) {
                depths.append(UInt8(path.count))
                path.append(bytes.count)
                bytes.append(byte)
                ends.append(0)
                firsts.append(Int32(self.tokens.count))
            }
            self.tokens.append(token.id)
            firsts[firsts.count - 1] = Int32(self.tokens.count)
            last = token.bytes
        }
        close(&path, to: 0)
    }

    private mutating func close(_ path: inout [Int], to depth: Int) {
        while path.count > depth { ends[path.removeLast()] = Int32(bytes.count) }
    }

    /// The tokens that may follow a place of a text.
    func tokens(after place: Int32, in matcher: FormMatcher) -> TokenMask {
        var mask = TokenMask(count)
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.deepest + 1) { places in
            places[0] = place
            var node = 0
            while node < bytes.count {
                let depth = Int(depths[node])
                let next = matcher.step(places[depth], bytes[node])
                guard next >= 0 else {
                    node = Int(ends[node])
                    continue
                }
                places[depth + 1] = next
                for index in firsts[node]..<firsts[node + 1] { mask.insert(tokens[Int(index)]) }
                node += 1
            }
        }
        return mask
    }
}
