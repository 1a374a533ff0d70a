/// Turns the bytes of one word into tokens: while any two neighbours can merge, the pair of the lowest rank does,
/// the leftmost first among equals.
struct BytePairEncoder: Sendable {
    let merges: MergeTable
    let symbols: Symbols
    /// Where a word that is a token as a whole becomes that token, whatever the merges say; in the alphabet of bytes.
    var wholeWords: WrittenTokens?

    /// What a word is before anything is merged.
    enum Symbols: Sendable {
        /// The token of each byte; −1 for a byte that the vocabulary lacks, which is left out.
        case bytes([Int32])
        /// Characters; one that is no token becomes the tokens of its bytes where all have one, else the unknown token,
        /// once for a run of such characters if they are fused, and nothing where there is no unknown token.
        case characters(WrittenTokens, bytes: [Int32], unknown: Int32?, fusesUnknown: Bool)
    }

    /// Appends the word's tokens to `ids`.
    func encode(_ word: UnsafeRawBufferPointer, with scratch: inout Scratch, into ids: inout [Int32]) {
        if let wholeWords, let id = Self.whole(word, in: wholeWords) { return ids.append(id) }
        read(word, &scratch)
        merge(&scratch)
        scratch.forEachToken { id, _ in ids.append(id) }
    }

    /// Also tells where in the word each token begins.
    func encode(
        _ word: UnsafeRawBufferPointer, with scratch: inout Scratch, _ body: (_ id: Int32, _ start: Int) -> Void
    ) {
        read(word, &scratch)
        merge(&scratch)
        scratch.forEachToken(body)
    }

    private static func whole(_ word: UnsafeRawBufferPointer, in tokens: WrittenTokens) -> Int32? {
        // Longer words are no tokens, and their written form need not be made.
        guard word.count <= 256 else { return nil }
        return tokens.id(of: String(String.UnicodeScalarView(word.map { ByteAlphabet.scalars[Int($0)] })))
    }

    private func read(_ word: UnsafeRawBufferPointer, _ scratch: inout Scratch) {
        scratch.empty()
        switch symbols {
        case .bytes(let tokens):
            for (place, byte) in word.enumerated() where tokens[Int(byte)] >= 0 {
                scratch.append(tokens[Int(byte)], at: place)
            }
        case .characters(let tokens, let bytes, let unknown, let fusesUnknown):
            let none = UnsafeRawBufferPointer(start: nil, count: 0)
            var isAfterUnknown = false
            var place = 0
            while place < word.count {
                let length = word.scalar(at: place).length
                let character = UnsafeRawBufferPointer(rebasing: word[place..<place + length])
                if let id = tokens.id(of: character, none) {
                    scratch.append(id, at: place)
                    isAfterUnknown = false
                } else if character.allSatisfy({ bytes[Int($0)] >= 0 }) {
                    for (i, byte) in character.enumerated() { scratch.append(bytes[Int(byte)], at: place + i) }
                    isAfterUnknown = false
                } else if let unknown {
                    if !isAfterUnknown || !fusesUnknown { scratch.append(unknown, at: place) }
                    isAfterUnknown = true
                }
                place += length
            }
        }
    }

    private func merge(_ scratch: inout Scratch) {
        guard scratch.ids.count > 1 else { return scratch.link() }
        scratch.link()
        for position in 0..<scratch.ids.count - 1 { offer(position, &scratch) }
        while let candidate = scratch.queue.popLowest() { mergePair(at: candidate, &scratch) }
    }

    /// Queues the pair that begins at `position`, if it can merge.
    @inline(__always)
    private func offer(_ position: Int, _ scratch: inout Scratch) {
        let next = Int(scratch.next[position])
        guard next < scratch.ids.count, let merge = merges.find(scratch.ids[position], scratch.ids[next]) else {
            return
        }
        scratch.queue.push(MergeQueue.Candidate(rank: merge.rank, position: UInt32(position)))
    }

    private func mergePair(at candidate: MergeQueue.Candidate, _ scratch: inout Scratch) {
        let position = Int(candidate.position)
        let next = Int(scratch.next[position])
        // The pair may have changed since it was queued; its rank tells.
        guard scratch.ids[position] >= 0, next < scratch.ids.count,
            let merge = merges.find(scratch.ids[position], scratch.ids[next]), merge.rank == candidate.rank
        else { return }
        scratch.ids[position] = merge.id
        scratch.ids[next] = -1
        let after = scratch.next[next]
        scratch.next[position] = after
        if Int(after) < scratch.ids.count { scratch.previous[Int(after)] = Int32(position) }
        offer(position, &scratch)
        if scratch.previous[position] >= 0 { offer(Int(scratch.previous[position]), &scratch) }
    }

    /// Room to work in, kept between words.
    struct Scratch {
        /// The tokens by their position in the word; −1 where one was merged into another.
        fileprivate var ids: [Int32] = []
        /// Where in the word each position begins, in bytes.
        fileprivate var places: [Int32] = []
        /// Positions of the neighbours; the count after the last and −1 before the first.
        fileprivate var next: [Int32] = []
        fileprivate var previous: [Int32] = []
        fileprivate var queue = MergeQueue()

        fileprivate mutating func empty() {
            ids.removeAll(keepingCapacity: true)
            places.removeAll(keepingCapacity: true)
        }

        fileprivate mutating func append(_ id: Int32, at place: Int) {
            ids.append(id)
            places.append(Int32(place))
        }

        fileprivate mutating func link() {
            next.removeAll(keepingCapacity: true)
            previous.removeAll(keepingCapacity: true)
            for position in 0..<Int32(ids.count) {
                next.append(position + 1)
                previous.append(position - 1)
            }
        }

        fileprivate func forEachToken(_ body: (Int32, Int) -> Void) {
            var position = 0
            while position < ids.count {
                body(ids[position], Int(places[position]))
                position = Int(next[position])
            }
        }
    }
}
