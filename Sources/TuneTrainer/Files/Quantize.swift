/// Turns floats into stored numbers, block by block, to the bit as the reference quantizers do.
///
/// The counterpart of `Dequantize`; for the types that a model is exported in.
public enum Quantize {
    /// The types that can be written.
    public static let types: [TensorType] = [.f32, .f16, .bf16, .q80, .q51, .q50, .q41, .q40]

    /// Writes whole blocks of `type` at `bytes`. What is not finite becomes zero in a quantized type.
    public static func store(
        _ floats: UnsafeBufferPointer<Float>, as type: TensorType, into bytes: UnsafeMutableRawPointer
    ) {
        precondition(floats.count % type.blockSize == 0, "whole blocks only")
        let storeBlock = blockFunction(for: type)
        for block in 0..<floats.count / type.blockSize {
            storeBlock(
                UnsafeBufferPointer(rebasing: floats[block * type.blockSize..<(block + 1) * type.blockSize]),
                bytes + block * type.blockBytes)
        }
    }

    /// The largest magnitude that the type can hold, or that its scales can.
    static func limit(of type: TensorType) -> Float {
        switch type {
        case .f32: .greatestFiniteMagnitude
        case .bf16: 0x1.FEp127
        default: Float(Float16.greatestFiniteMagnitude)
        }
    }

    private typealias Floats = UnsafeBufferPointer<Float>

    private static func blockFunction(for type: TensorType) -> (Floats, UnsafeMutableRawPointer) -> Void {
        switch type {
        case .f32: { put($0[0].bitPattern, at: $1) }
        case .f16: { put(Float16($0[0]).bitPattern, at: $1) }
        case .bf16: { put(brainBits($0[0]), at: $1) }
        case .q80: storeQ80
        case .q40: { storeFromLargest($0, bits: 4, at: $1) }
        case .q50: { storeFromLargest($0, bits: 5, at: $1) }
        case .q41: { storeFromRange($0, bits: 4, at: $1) }
        case .q51: { storeFromRange($0, bits: 5, at: $1) }
        default: preconditionFailure("\(type.name) is only read")
        }
    }

    // MARK: -

    /// d, then 32 signed bytes.  q = round(x / d),  d = max |x| / 127
    private static func storeQ80(_ x: Floats, at bytes: UnsafeMutableRawPointer) {
        let d = x.reduce(0) { max($0, abs($1)) } / 127
        let inverse = d == 0 ? 0 : 1 / d
        put(Float16(d).bitPattern, at: bytes)
        for i in 0..<32 {
            let q = (x[i] * inverse).rounded(.toNearestOrAwayFromZero)
            bytes.storeBytes(of: q >= -127 && q <= 127 ? Int8(q) : 0, toByteOffset: 2 + i, as: Int8.self)
        }
    }

    /// d, then the codes.  The number farthest from 0 gets code 0:  x = d (q − 2ⁿ⁻¹),  d = −farthest / 2ⁿ⁻¹
    private static func storeFromLargest(_ x: Floats, bits: Int, at bytes: UnsafeMutableRawPointer) {
        let farthest = x.reduce(x[0]) { abs($1) > abs($0) ? $1 : $0 }
        let half = Float(1 << (bits - 1))
        let d = farthest / -half
        let inverse = d == 0 ? 0 : 1 / d
        put(Float16(d).bitPattern, at: bytes)
        storeCodes(bits: bits, at: bytes + 2) { x[$0] * inverse + (half + 0.5) }
    }

    /// d, m, then the codes.  The smallest number gets code 0:  x = d q + m,  d = (largest − smallest) / (2ⁿ − 1)
    private static func storeFromRange(_ x: Floats, bits: Int, at bytes: UnsafeMutableRawPointer) {
        let (smallest, largest) = x.reduce((x[0], x[0])) { (min($0.0, $1), max($0.1, $1)) }
        let d = (largest - smallest) / Float(1 << bits - 1)
        let inverse = d == 0 ? 0 : 1 / d
        put(Float16(d).bitPattern, at: bytes)
        put(Float16(smallest).bitPattern, at: bytes + 2)
        storeCodes(bits: bits, at: bytes + 4) { (x[$0] - smallest) * inverse + 0.5 }
    }

    /// 32 codes, cut off to whole numbers: fifth bits in front where there are any, then byte i with the lower four
    /// bits of codes i and i + 16.
    private static func storeCodes(bits: Int, at bytes: UnsafeMutableRawPointer, _ value: (Int) -> Float) {
        let top = Float(1 << bits - 1)
        func code(_ index: Int) -> UInt8 {
            let value = value(index)
            // Written so that what is no number is 0.
            return value > 0 ? UInt8(min(value, top)) : 0
        }
        var fifth: UInt32 = 0
        let nibbles = bits == 5 ? bytes + 4 : bytes
        for i in 0..<16 {
            let (low, high) = (code(i), code(i + 16))
            nibbles.storeBytes(of: low & 15 | high << 4, toByteOffset: i, as: UInt8.self)
            fifth |= UInt32(low >> 4) << UInt32(i) | UInt32(high >> 4) << UInt32(i + 16)
        }
        if bits == 5 { put(fifth, at: bytes) }
    }

    /// The upper half of a Float, rounded to the nearest, to even between two.
    private static func brainBits(_ x: Float) -> UInt16 {
        let bits = x.bitPattern
        if x.isNaN { return UInt16(bits >> 16) | 64 }
        return UInt16(truncatingIfNeeded: (UInt64(bits) + 0x7FFF + UInt64(bits >> 16 & 1)) >> 16)
    }

    private static func put(_ value: some FixedWidthInteger, at bytes: UnsafeMutableRawPointer) {
        withUnsafeBytes(of: value.littleEndian) { bytes.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    }
}
