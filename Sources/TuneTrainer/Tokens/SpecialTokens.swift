/// Finds the tokens that stand for themselves in a text, such as `<|im_end|>`.
struct SpecialTokens: Sendable {
    /// By first byte, the longest first.
    private var byFirstByte: [[(text: [UInt8], id: Int32)]] = Array(repeating: [], count: 256)

    mutating func insert(_ text: [UInt8], id: Int32) {
        guard let first = text.first else { return }
        byFirstByte[Int(first)].append((text, id))
        byFirstByte[Int(first)].sort { $0.text.count > $1.text.count }
    }

    /// The leftmost one at or after `start`, the longest if several begin there.
    func first(in text: UnsafeRawBufferPointer, from start: Int) -> (range: Range<Int>, id: Int32)? {
        var position = start
        while position < text.count {
            for token in byFirstByte[Int(text[position])] where matches(token.text, text, position) {
                return (position..<position + token.text.count, token.id)
            }
            position += 1
        }
        return nil
    }

    private func matches(_ token: [UInt8], _ text: UnsafeRawBufferPointer, _ position: Int) -> Bool {
        position + token.count <= text.count && text[position..<position + token.count].elementsEqual(token)
    }
}
