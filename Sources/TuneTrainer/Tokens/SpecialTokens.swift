/// Finds the tokens that stand for themselves in a text, such as `<|im_end|>`.
struct SpecialTokens: Sendable {
    private var ids: [[UInt8]: Int32] = [:]
    /// By first byte, how long the tokens are that begin with it, the longest first.
    private var lengths: [[Int]] = Array(repeating: [], count: 256)

    /// A token that is not UTF-8 is left out: it could begin or end within a character of the text.
    mutating func insert(_ text: [UInt8], id: Int32) {
        guard let first = text.first, String(validating: text, as: UTF8.self) != nil, ids[text] == nil else { return }
        ids[text] = id
        let known = lengths[Int(first)]
        let place = known.firstIndex { $0 <= text.count } ?? known.count
        if place == known.count || known[place] != text.count { lengths[Int(first)].insert(text.count, at: place) }
    }

    /// The leftmost one at or after `start`, the longest if several begin there.
    func first(in text: UnsafeRawBufferPointer, from start: Int) -> (range: Range<Int>, id: Int32)? {
        var position = start
        while position < text.count {
            for length in lengths[Int(text[position])] where position + length <= text.count {
                let range = position..<position + length
                if let id = ids[Array(text[range])] { return (range, id) }
            }
            position += 1
        }
        return nil
    }
}
