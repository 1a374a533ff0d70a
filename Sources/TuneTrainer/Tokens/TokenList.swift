/// Tokens in their written form, by number, as a file lists them in any order.
struct TokenList {
    private var text: [UInt8] = []
    /// Where each number's token lies in `text`; nil for a number without one.
    private var ranges: [Range<Int>?] = []
    /// Tokens that were put in.
    private(set) var filled = 0

    /// One more than the highest number.
    var count: Int { ranges.count }

    /// No vocabulary is larger.
    static let largest = 4_000_000

    /// Refuses a number that already has another token, or is one that no vocabulary has; `path` is for errors.
    mutating func put(_ token: some Collection<UInt8>, at id: Int, path: String) throws(TrainerError) {
        guard (0..<Self.largest).contains(id) else {
            throw .damagedTokenizer(path: path, .outOfRange(key: "vocab", id: id, count: Self.largest))
        }
        if id >= ranges.count { ranges += Array(repeating: nil, count: id + 1 - ranges.count) }
        if let range = ranges[id] {
            guard text[range].elementsEqual(token) else { throw .damagedTokenizer(path: path, .twoTokens(id: id)) }
            return
        }
        let start = text.count
        text += token
        ranges[id] = start..<text.count
        filled += 1
    }

    subscript(id: Int) -> ArraySlice<UInt8>? {
        guard ranges.indices.contains(id), let range = ranges[id] else { return nil }
        return text[range]
    }
}
