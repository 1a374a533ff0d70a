/// Turns stored numbers into floats, in plain Swift: the yardstick for the fast kernels.
public enum Dequantize {
    /// Writes all numbers of whole blocks of `type` into `floats`, whose count must match.
    public static func expand(
        _ bytes: UnsafeRawBufferPointer, as type: TensorType, into floats: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(bytes.count % type.blockBytes == 0, "whole blocks only")
        precondition(floats.count == bytes.count / type.blockBytes * type.blockSize, "one float for each number")
        let expandBlock = blockFunction(for: type)
        for block in 0..<bytes.count / type.blockBytes {
            expandBlock(
                Block(bytes: UnsafeRawBufferPointer(rebasing: bytes[(block * type.blockBytes)...])),
                UnsafeMutableBufferPointer(rebasing: floats[(block * type.blockSize)...]))
        }
    }

    /// All numbers of whole blocks of `type`.
    public static func floats(_ bytes: UnsafeRawBufferPointer, as type: TensorType) -> [Float] {
        let count = bytes.count / type.blockBytes * type.blockSize
        return [Float](unsafeUninitializedCapacity: count) { floats, written in
            expand(bytes, as: type, into: UnsafeMutableBufferPointer(rebasing: floats[..<count]))
            written = count
        }
    }

    private static func blockFunction(
        for type: TensorType
    ) -> (Block, UnsafeMutableBufferPointer<Float>) -> Void {
        switch type {
        case .f32: { $1[0] = Float(bitPattern: $0.uint32(at: 0)) }
        case .f16: { $1[0] = $0.half(at: 0) }
        case .bf16: { $1[0] = Float(bitPattern: UInt32($0.uint16(at: 0)) << 16) }
        case .q40: expandQ40
        case .q41: expandQ41
        case .q50: expandQ50
        case .q51: expandQ51
        case .q80: expandQ80
        case .q2K: expandQ2K
        case .q3K: expandQ3K
        case .q4K: expandQ4K
        case .q5K: expandQ5K
        case .q6K: expandQ6K
        case .iq4NL: { expandTable($0, at: 2, scale: $0.half(at: 0), $1) }
        case .iq4XS: expandIQ4XS
        }
    }

    // MARK: - 32 numbers with one scale

    /// d, then 16 bytes: byte i holds numbers i (low) and i + 16 (high).  y = d (q − 8)
    private static func expandQ40(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let d = block.half(at: 0)
        for i in 0..<16 {
            y[i] = d * Float(block.nibbles(at: 2 + i).low - 8)
            y[i + 16] = d * Float(block.nibbles(at: 2 + i).high - 8)
        }
    }

    /// d, m, then the numbers as in Q4_0.  y = d q + m
    private static func expandQ41(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let (d, m) = (block.half(at: 0), block.half(at: 2))
        for i in 0..<16 {
            y[i] = d * Float(block.nibbles(at: 4 + i).low) + m
            y[i + 16] = d * Float(block.nibbles(at: 4 + i).high) + m
        }
    }

    /// d, 32 fifth bits, then the lower four as in Q4_0.  y = d (q − 16)
    private static func expandQ50(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let (d, fifth) = (block.half(at: 0), block.uint32(at: 2))
        for i in 0..<16 {
            y[i] = d * Float(block.nibbles(at: 6 + i).low + bit(i, of: fifth) * 16 - 16)
            y[i + 16] = d * Float(block.nibbles(at: 6 + i).high + bit(i + 16, of: fifth) * 16 - 16)
        }
    }

    /// d, m, 32 fifth bits, then the lower four as in Q4_0.  y = d q + m
    private static func expandQ51(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let (d, m, fifth) = (block.half(at: 0), block.half(at: 2), block.uint32(at: 4))
        for i in 0..<16 {
            y[i] = d * Float(block.nibbles(at: 8 + i).low + bit(i, of: fifth) * 16) + m
            y[i + 16] = d * Float(block.nibbles(at: 8 + i).high + bit(i + 16, of: fifth) * 16) + m
        }
    }

    /// d, then 32 signed bytes.  y = d q
    private static func expandQ80(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let d = block.half(at: 0)
        for i in 0..<32 { y[i] = d * Float(block.int8(at: 2 + i)) }
    }

    /// What the sixteen numbers of four bits stand for in IQ4_NL and IQ4_XS.
    private static let table: [Float] = [
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
    ]

    /// 16 bytes as in Q4_0.  y = d table[q]; IQ4_NL is one such block after its d.
    private static func expandTable(
        _ block: Block, at start: Int, scale: Float, _ y: UnsafeMutableBufferPointer<Float>
    ) {
        for i in 0..<16 {
            y[i] = scale * table[block.nibbles(at: start + i).low]
            y[i + 16] = scale * table[block.nibbles(at: start + i).high]
        }
    }

    private static func bit(_ index: Int, of bits: UInt32) -> Int { Int(bits >> UInt32(index) & 1) }

    // MARK: - 256 numbers with scales of their own for each 32 or 16

    /// 16 bytes of scales (low) and minima (high), 64 of two-bit numbers, d, dmin.  y = d s q − dmin m
    private static func expandQ2K(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let (d, dmin) = (block.half(at: 80), block.half(at: 82))
        for index in 0..<256 {
            let (half, quarter, i) = (index / 128, index % 128 / 32, index % 32)
            let pair = block.nibbles(at: index / 16)
            let q = block.bytes[16 + half * 32 + i] >> UInt8(quarter * 2) & 3
            y[index] = d * Float(pair.low) * Float(q) - dmin * Float(pair.high)
        }
    }

    /// 32 bytes of third bits, 64 of two-bit numbers, 12 of scales, d: bit b of byte i belongs to number i of the b-th
    /// 32, and takes 4 away where it is not set. A scale has its lower four bits in the first eight bytes and its upper
    /// two in the last four.  y = d (s − 32) q
    private static func expandQ3K(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let d = block.half(at: 108)
        for index in 0..<256 {
            let (half, quarter, i, group) = (index / 128, index % 128 / 32, index % 32, index / 16)
            let pair = block.nibbles(at: 96 + group % 8)
            let upper = Int(block.bytes[104 + group % 4] >> UInt8(group / 4 * 2) & 3)
            let scale = (group < 8 ? pair.low : pair.high) + upper * 16 - 32
            let q = Int(block.bytes[32 + half * 32 + i] >> UInt8(quarter * 2) & 3)
            let third = bit(index / 32, of: UInt32(block.bytes[i]))
            y[index] = d * Float(scale) * Float(q - 4 + third * 4)
        }
    }

    /// d, two bytes of upper bit pairs and four of lower halves of 8 scales, then 8 times 16 bytes as in IQ4_NL.
    /// y = d (s − 32) table[q]
    private static func expandIQ4XS(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let (d, upper) = (block.half(at: 0), block.uint16(at: 2))
        for group in 0..<8 {
            let pair = block.nibbles(at: 4 + group / 2)
            let scale = (group % 2 == 0 ? pair.low : pair.high) + Int(upper >> UInt16(group * 2) & 3) * 16 - 32
            expandTable(
                block, at: 8 + group * 16, scale: d * Float(scale),
                UnsafeMutableBufferPointer(rebasing: y[(group * 32)...]))
        }
    }

    /// d, dmin, 12 bytes of scales and minima, 128 bytes of numbers: 32 low halves, then their 32 high halves, and so on.
    /// y = d s q − dmin m
    private static func expandQ4K(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        for group in 0..<8 {
            let (scale, minimum) = block.scaleAndMinimum(of: group)
            for i in 0..<32 {
                let pair = block.nibbles(at: 16 + group / 2 * 32 + i)
                y[group * 32 + i] = scale * Float(group % 2 == 0 ? pair.low : pair.high) - minimum
            }
        }
    }

    /// As Q4_K, with 32 bytes of fifth bits before the numbers: bit g of byte i belongs to number i of group g.
    private static func expandQ5K(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        for group in 0..<8 {
            let (scale, minimum) = block.scaleAndMinimum(of: group)
            for i in 0..<32 {
                let pair = block.nibbles(at: 48 + group / 2 * 32 + i)
                let fifth = bit(group, of: UInt32(block.bytes[16 + i]))
                y[group * 32 + i] = scale * Float((group % 2 == 0 ? pair.low : pair.high) + fifth * 16) - minimum
            }
        }
    }

    /// 128 bytes of lower halves, 64 of upper bit pairs, 16 signed scales, d; in two halves of 128 numbers.
    /// y = d s (q − 32)
    private static func expandQ6K(_ block: Block, _ y: UnsafeMutableBufferPointer<Float>) {
        let d = block.half(at: 208)
        for index in 0..<256 {
            let (half, quarter, i) = (index / 128, index % 128 / 32, index % 32)
            let pair = block.nibbles(at: half * 64 + quarter % 2 * 32 + i)
            let upper = Int(block.bytes[128 + half * 32 + i] >> UInt8(quarter * 2) & 3)
            let q = (quarter < 2 ? pair.low : pair.high) + upper * 16 - 32
            y[index] = d * Float(block.int8(at: 192 + index / 16)) * Float(q)
        }
    }
}

/// The bytes from the start of a block on.
private struct Block {
    let bytes: UnsafeRawBufferPointer

    func uint16(at offset: Int) -> UInt16 {
        UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    func uint32(at offset: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    func half(at offset: Int) -> Float { Float(Float16(bitPattern: uint16(at: offset))) }
    func int8(at offset: Int) -> Int8 { Int8(bitPattern: bytes[offset]) }
    func nibbles(at offset: Int) -> (low: Int, high: Int) { (Int(bytes[offset] & 15), Int(bytes[offset] >> 4)) }

    /// The scale and minimum of a group in Q4_K and Q5_K: six bits each, packed into the 12 bytes after d and dmin.
    ///
    /// Groups 0 to 3 have theirs in the lower six bits of a byte; of groups 4 to 7 the lower four bits share the
    /// last four bytes, and the upper two are the tops of the first eight.
    func scaleAndMinimum(of group: Int) -> (scale: Float, minimum: Float) {
        let packed = UnsafeRawBufferPointer(rebasing: bytes[4..<16])
        let scale: UInt8
        let minimum: UInt8
        if group < 4 {
            scale = packed[group] & 63
            minimum = packed[group + 4] & 63
        } else {
            scale = packed[group + 4] & 15 | (packed[group - 4] >> 6) << 4
            minimum = packed[group + 4] >> 4 | (packed[group] >> 6) << 4
        }
        return (half(at: 0) * Float(scale), half(at: 2) * Float(minimum))
    }
}
