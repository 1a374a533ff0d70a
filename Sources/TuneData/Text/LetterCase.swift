import CText

/// Upper and lower case by Unicode's rules.
enum LetterCase {
    /// Letters of either case in a text.
    struct Tally: Hashable, Sendable {
        var upper = 0
        var lower = 0

        /// Whether more than a third of the cased letters are capitals.
        var isMostlyUpper: Bool { upper * 2 > lower }

        mutating func add(_ other: Tally) {
            upper += other.upper
            lower += other.lower
        }

        mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
            guard let base = text.baseAddress else { return }
            var (upper, lower) = (0, 0)
            if tt_letters(base, text.count, &upper, &lower) >= 0x80 { addWide(text, &upper, &lower) }
            self.upper += upper
            self.lower += lower
        }

        private func addWide(_ text: UnsafeBufferPointer<UInt8>, _ upper: inout Int, _ lower: inout Int) {
            var at = 0
            while at < text.count {
                if text[at] < 0x80 {
                    at = nextWide(text, from: at)
                    continue
                }
                guard let (scalar, length) = scalar(text, at) else {
                    at += 1
                    continue
                }
                at += length
                guard !isUncased(scalar.value), isLetter(scalar) else { continue }
                if scalar.properties.isUppercase { upper += 1 }
                if scalar.properties.isLowercase { lower += 1 }
            }
        }
    }

    /// Appends the text in lower case. A capital sigma at the end of a word becomes the final one.
    static func lower(_ text: UnsafeBufferPointer<UInt8>, into buffer: ByteBuffer) {
        buffer.reserve(text.count)
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte < 0x80 {
                buffer.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
                at += 1
                continue
            }
            guard let (scalar, length) = scalar(text, at) else {
                buffer.append(byte)
                at += 1
                continue
            }
            if scalar == "Σ" {
                JSONText.append(isFinal(text, from: at, to: at + length) ? 0x3c2 : 0x3c3, to: buffer)
            } else if isUncased(scalar.value) || !scalar.properties.changesWhenLowercased {
                buffer.append(UnsafeBufferPointer(rebasing: text[at..<at + length]))
            } else {
                for mapped in scalar.properties.lowercaseMapping.unicodeScalars {
                    JSONText.append(mapped.value, to: buffer)
                }
            }
            at += length
        }
    }

    /// Whether `lower` would change anything.
    static func isLower(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte < 0x80 {
                if byte &- 0x41 < 26 { return false }
                at += 1
            } else if let (scalar, length) = scalar(text, at) {
                if !isUncased(scalar.value), scalar.properties.changesWhenLowercased { return false }
                at += length
            } else {
                at += 1
            }
        }
        return true
    }

    // MARK: -

    /// Common punctuation, signs and the large scripts without case, told apart before the slow tables are asked.
    @inline(__always)
    private static func isUncased(_ point: UInt32) -> Bool {
        switch point {
        // Signs of Latin-1, but for ª, µ and º.
        case 0x80..<0xaa, 0xab..<0xb5, 0xb6..<0xba, 0xbb..<0xc0: true
        // Punctuation; arrows, signs of mathematics and of technique; frames, shapes and pictures.
        case 0x2000..<0x2071, 0x2190..<0x2460, 0x2500..<0x2c00: true
        case 0x2e80..<0xa640, 0xac00..<0xd800, 0x20000..<0x33480: true
        default: false
        }
    }

    /// The first byte above 0x7f from a place on, or the end.
    private static func nextWide(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        text.isEmpty ? 0 : tt_ascii(text.baseAddress, start, text.count)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// A sigma is final when a cased letter stands before it and none behind it, case-ignorable ones left aside.
    private static func isFinal(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Bool {
        var at = start
        while true {
            guard at > 0 else { return false }
            at -= 1
            while at > 0, text[at] & 0xc0 == 0x80 { at -= 1 }
            guard let (before, _) = scalar(text, at) else { return false }
            if before.properties.isCaseIgnorable { continue }
            guard before.properties.isCased else { return false }
            break
        }
        at = end
        while at < text.count, let (after, length) = scalar(text, at) {
            if !after.properties.isCaseIgnorable { return !after.properties.isCased }
            at += length
        }
        return true
    }
}
