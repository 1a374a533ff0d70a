import Foundation

/// A 64-bit hash that is the same in every process, to tell accidental differences; not for secrets.
///
/// Words are mixed as in SplitMix64, one after the other.
struct Fingerprint {
    private var state: UInt64 = 0x51_7C_C1_B7_27_22_0A_95

    mutating func combine(_ word: UInt64) {
        var mixer = SplitMix64(seed: state ^ word)
        state = mixer.next()
    }

    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        combine(UInt64(bytes.count))
        var i = 0
        while i + 8 <= bytes.count {
            combine(bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            i += 8
        }
        while i < bytes.count {
            combine(UInt64(bytes[i]))
            i += 1
        }
    }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    }

    mutating func combine(json value: some Encodable) {
        let encoder = JSONEncoder()
        // Sorted keys make equal values equal texts.
        encoder.outputFormatting = .sortedKeys
        combine(String(decoding: try! encoder.encode(value), as: UTF8.self))
    }

    /// Sixteen hexadecimal digits.
    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
