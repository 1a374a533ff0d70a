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

    /// False when the number already has another token, or is one that no vocabulary has.
    mutating func put(_ token: some Collection<UInt8>, at id: Int) -> Bool {
        guard (0..<Self.largest).contains(id) else { return false }
        if id >= ranges.count { ranges += Array(repeating: nil, count: id + 1 - ranges.count) }
        if let range = ranges[id] { return text[range].elementsEqual(token) }
        let start = text.count
        text += token
        ranges[id] = start..<text.count
        filled += 1
        return true
    }

    subscript(id: Int) -> ArraySlice<UInt8>? {
        guard ranges.indices.contains(id), let range = ranges[id] else { return nil }
        return text[range]
    }
}
