import Foundation

/// Looks through texts for private data. It goes for few false alarms: what has a checksum must pass it, what has a
/// known form must have all of it, and well-known sample values are passed over.
struct PrivateDataScan {
    /// Calls `visit` for each passage found, in order; none overlap.
    static func forEach(in text: UnsafeBufferPointer<UInt8>, _ visit: (PrivateData) -> Void) {
        classes.withUnsafeBufferPointer { classes in
            var at = 0
            var isInWord = false
            while at < text.count {
                let byte = text[at]
                let kind = classes[Int(byte)]
                // Most bytes are letters in the middle of a word.
                if kind == .word || (isInWord && kind != .sign && kind != .other) {
                    isInWord = true
                    at += 1
                    continue
                }
                guard kind != .other, let found = found(at: at, byte, kind, in: text) else {
                    isInWord = kind == .digit || kind == .keyStart
                    at += 1
                    continue
                }
                visit(found)
                at = max(found.range.upperBound, at + 1)
                isInWord = true
            }
        }
    }

    // MARK: -

    /// What a byte may begin.
    private enum Class: UInt8 { case other, word, digit, keyStart, sign }

    private static let classes: [Class] = (0..<256).map { value in
        let byte = UInt8(value)
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .digit
        case UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: "-"): return .sign
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            return SecretScan.starts.contains(byte) ? .keyStart : .word
        default: return .other
        }
    }

    private static func found(
        at place: Int, _ byte: UInt8, _ kind: Class, in text: UnsafeBufferPointer<UInt8>
    ) -> PrivateData? {
        guard place + 1 < text.count else { return nil }
        let next = text[place + 1]
        switch kind {
        case .other, .word: return nil
        case .digit: return DigitScan.found(at: place, in: text)
        case .keyStart: return SecretScan.mayStart(byte, next) ? SecretScan.found(at: place, in: text) : nil
        case .sign:
            switch byte {
            case UInt8(ascii: "@"): return next.isWord ? EmailScan.found(around: place, in: text) : nil
            case UInt8(ascii: ":"): return next == UInt8(ascii: "/") ? SecretScan.password(at: place, in: text) : nil
            case UInt8(ascii: "-"):
                return next == UInt8(ascii: "-") ? SecretScan.privateKey(at: place, in: text) : nil
            default: return next.isDigit ? DigitScan.phone(at: place, in: text) : nil
            }
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// Of a name, a number or a key.
    var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
}

/// Addresses of e-mail.
enum EmailScan {
    static func found(around at: Int, in text: UnsafeBufferPointer<UInt8>) -> PrivateData? {
        var start = at
        while start > 0, at - start < 64, isLocal(text[start - 1]) { start -= 1 }
        while start < at, !text[start].isWord { start += 1 }
        guard start < at, text[at - 1] != UInt8(ascii: ".") else { return nil }
        // `git@…` logs in, and `//user:word@…` is an address of another kind.
        if start > 0, text[start - 1] == UInt8(ascii: ":") || text[start - 1] == UInt8(ascii: "/") { return nil }
        var end = at + 1
        while end < text.count, end - at < 255, isDomain(text[end]) { end += 1 }
        while end > at + 1, !text[end - 1].isLetter { end -= 1 }
        let labels = text[(at + 1)..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ $0.first?.isWord == true && $0.last?.isWord == true }),
            let top = labels.last, (2...24).contains(top.count), top.allSatisfy(\.isLetter)
        else { return nil }
        let name = String(decoding: text[start..<at], as: UTF8.self).lowercased()
        let domain = labels.map { String(decoding: $0, as: UTF8.self).lowercased() }
        guard name != "git", !samples.contains(domain.suffix(2).joined(separator: ".")),
            !reserved.contains(domain.last ?? "")
        else { return nil }
        return PrivateData(kind: .email, range: start..<end)
    }

    private static func isLocal(_ byte: UInt8) -> Bool { byte.isWord || ".%+-".utf8.contains(byte) }
    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isWord || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static let samples: Set<String> = ["example.com", "example.org", "example.net", "domain.com", "email.com"]
    private static let reserved: Set<String> = ["example", "invalid", "test", "localhost", "local"]
}
