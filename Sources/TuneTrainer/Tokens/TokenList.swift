/// Tokens in their written form, by number, as a file lists them in any order.
struct TokenList {
    private var text: [UInt8] = []
    /// Where each number's token lies in `text`. A table by number would take what the highest of them claims.
    private var ranges: [Int: Range<Int>] = [:]

    /// Tokens that were put in.
    var filled: Int { ranges.count }
    /// One more than the highest number.
    private(set) var count = 0

    /// No vocabulary is larger.
    static let largest = 4_000_000

    /// Refuses a number that already has another token, or is one that no vocabulary has; `path` is for errors.
    mutating func put(_ token: some Collection<UInt8>, at id: Int, path: String) throws(TrainerError) {
        guard (0..<Self.largest).contains(id) else {
            throw .damagedTokenizer(path: path, .outOfRange(key: "vocab", id: id, count: Self.largest))
        }
        if let range = ranges[id] {
            guard text[range].elementsEqual(token) else { throw .damagedTokenizer(path: path, .twoTokens(id: id)) }
            return
        }
        let start = text.count
        text += token
        ranges[id] = start..<text.count
        count = max(count, id + 1)
    }

    subscript(id: Int) -> ArraySlice<UInt8>? {
        ranges[id].map { text[$0] }
    }
}
