/// The eight dots of a braille sign, two wide and four high.
struct BrailleDots: Hashable, Sendable {
    private(set) var bits: UInt32 = 0

    init(bits: UInt32 = 0) {
        self.bits = bits
    }

    var isEmpty: Bool { bits == 0 }
    /// A space when no dot is set.
    var glyph: Character { bits == 0 ? " " : Character(Unicode.Scalar(0x2800 + bits)!) }

    /// - Parameters: x 0 or 1 from the left, y 0 to 3 from the top.
    mutating func set(x: Int, y: Int) {
        bits |= Self.weights[y * 2 + x]
    }

    /// The order in which Unicode numbers the dots: down the left side, down the right side, then the fourth row.
    private static let weights: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
