/// 128 bits that stand for a text: texts that differ have different ones, for all that will ever be seen.
///
/// They lie in files of the workspace, so that the way they are made must not change.
struct Digest: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ text: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>? = nil) {
        var a: UInt64 = 0x9e37_79b9_7f4a_7c15
        var b: UInt64 = 0xd1b5_4a32_d192_ed03
        Self.fold(text, &a, &b)
        if let other { Self.fold(other, &a, &b) }
        high = Self.mix(a ^ 0x8ebc_6af0_9c88_c6e3, b)
        low = Self.mix(b ^ 0x5899_65cc_7537_4cc3, a)
    }

    /// Of two texts by their own digests. It differs from that of the texts themselves.
    init(_ first: Digest, _ second: Digest) {
        let a = Self.mix(first.high ^ second.low, 0xe703_7ed1_a0b4_28db ^ second.high)
        let b = Self.mix(first.low ^ second.high, 0x8ebc_6af0_9c88_c6e3 ^ second.low) &+ a
        high = Self.mix(a ^ 0x8ebc_6af0_9c88_c6e3, b ^ first.high)
        low = Self.mix(b ^ 0x5899_65cc_7537_4cc3, a ^ first.low)
    }

    /// Folds a text, its length first, so that neither `ab` + `c` and `a` + `bc` nor a trailing NUL meet.
    @inline(__always)
    private static func fold(_ text: UnsafeBufferPointer<UInt8>, _ a: inout UInt64, _ b: inout UInt64) {
        a = mix(a ^ UInt64(text.count), 0xa076_1d64_78bd_642f)
        guard let base = UnsafeRawPointer(text.baseAddress) else { return }
        var at = 0
        while at + 16 <= text.count {
            let first = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let second = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            a = mix(a ^ first, 0xe703_7ed1_a0b4_28db ^ second)
            b = mix(b ^ second, 0x8ebc_6af0_9c88_c6e3 ^ first) &+ a
            at += 16
        }
        while at < text.count {
            var word: UInt64 = 0
            let end = min(at + 8, text.count)
            for index in at..<end { word = word << 8 | UInt64(text[index]) }
            a = mix(a ^ word, 0xe703_7ed1_a0b4_28db)
            b = mix(b ^ word, 0x5899_65cc_7537_4cc3) &+ a
            at = end
        }
    }

    @inline(__always)
    private static func mix(_ x: UInt64, _ y: UInt64) -> UInt64 {
        let product = x.multipliedFullWidth(by: y)
        return product.high ^ product.low
    }
}
