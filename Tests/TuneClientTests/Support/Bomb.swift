/// A gzip file of a few hundred KB that unpacks to far more.
enum Bomb {
    static let unpackedBytes = 64 << 20

    /// One block of fixed codes: a zero, then copies of 258 bytes from one byte back.
    static let bytes: [UInt8] = {
        var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var held: UInt64 = 0
        var count = 0
        func put(_ value: UInt64, _ bits: Int) {
            held |= value << UInt64(count)
            count += bits
            while count >= 8 {
                out.append(UInt8(truncatingIfNeeded: held))
                held >>= 8
                count -= 8
            }
        }
        put(1, 1)
        put(1, 2)
        // Codes go in from their highest bit: the literal 0 is 00110000, the length 258 is 11000101, the distance 1 00000.
        put(0b0000_1100, 8)
        for _ in 0..<unpackedBytes / 258 {
            put(0b1010_0011, 8)
            put(0, 5)
        }
        put(0, 7)
        put(0, 7)
        return out + [UInt8](repeating: 0, count: 8)
    }()
}
