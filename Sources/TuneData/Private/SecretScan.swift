/// Keys and tokens, by the forms that well-known services give them.
enum SecretScan {
    /// How a key looks: what it begins with, and what follows.
    private struct Form {
        let prefix: [UInt8]
        /// Characters behind the prefix.
        let length: ClosedRange<Int>
        let tail: Tail

        init(_ prefix: String, _ length: ClosedRange<Int>, _ tail: Tail = .word) {
            self.prefix = Array(prefix.utf8)
            self.length = length
            self.tail = tail
        }
    }

    private enum Tail {
        /// Letters and digits; and underscores and hyphens; and full stops too; capitals and digits; hexadecimal digits.
        case letters, word, dotted, capitals, hex

        func holds(_ byte: UInt8) -> Bool {
            switch self {
            case .letters: byte.isLetter || byte.isDigit
            case .word: byte.isWord || byte == UInt8(ascii: "-")
            case .dotted: byte.isWord || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            case .capitals: byte.isDigit || byte &- 0x41 < 26
            case .hex: byte.isDigit || (byte | 0x20) &- 0x61 < 6
            }
        }
    }

    /// The more special before the more general.
    private static let forms: [Form] = [
        Form("sk-ant-", 24...200), Form("sk-proj-", 24...250), Form("sk-svcacct-", 24...250), Form("sk-or-", 24...120),
        Form("sk_live_", 16...120), Form("rk_live_", 16...120), Form("sk-", 32...64, .letters),
        Form("AKIA", 16...16, .capitals), Form("ASIA", 16...16, .capitals), Form("AKID", 32...32, .letters),
        Form("LTAI", 12...26, .letters), Form("AIza", 35...35), Form("ya29.", 40...250),
        Form("ghp_", 36...36, .letters), Form("gho_", 36...36, .letters), Form("ghu_", 36...36, .letters),
        Form("ghs_", 36...36, .letters), Form("ghr_", 36...76, .letters), Form("github_pat_", 59...100),
        Form("glpat-", 20...64), Form("hf_", 30...40, .letters), Form("npm_", 36...36, .letters),
        Form("pypi-", 60...250), Form("xoxb-", 24...250), Form("xoxp-", 24...250), Form("xoxa-", 24...250),
        Form("xoxs-", 24...250), Form("xapp-", 24...250), Form("SG.", 50...80, .dotted),
        Form("gsk_", 40...64, .letters),
        Form("r8_", 37...37, .letters), Form("nvapi-", 40...80), Form("dop_v1_", 64...64, .hex),
        Form("shpat_", 32...32, .hex), Form("tskey-", 24...80), Form("eyJ", 30...4000, .dotted),
    ]

    static let starts: Set<UInt8> = Set(forms.map { $0.prefix[0] })
    /// By the first two bytes, whether any key begins so.
    private static let pairs: [Bool] = {
        var pairs = [Bool](repeating: false, count: 1 << 16)
        for form in forms { pairs[Int(form.prefix[0]) << 8 | Int(form.prefix[1])] = true }
        return pairs
    }()

    static func mayStart(_ first: UInt8, _ second: UInt8) -> Bool { pairs[Int(first) << 8 | Int(second)] }

    private static let byStart: [[Form]] = (0..<256).map { byte in forms.filter { $0.prefix[0] == UInt8(byte) } }

    /// A key that begins at a place, which begins a word.
    static func found(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> PrivateData? {
        for form in byStart[Int(text[start])] where begins(text, start, with: form.prefix) {
            let tail = start + form.prefix.count
            var end = tail
            while end < text.count, form.tail.holds(text[end]) { end += 1 }
            // What ends a sentence is no part of it.
            while end > tail, !text[end - 1].isWord { end -= 1 }
            guard form.length.contains(end - tail), end == text.count || !text[end].isWord else { continue }
            let passage = UnsafeBufferPointer(rebasing: text[tail..<end])
            let isKey = form.prefix == Array("eyJ".utf8) ? isToken(passage) : isRandom(passage, form.tail)
            if isKey { return PrivateData(kind: .secret, range: start..<end) }
        }
        return nil
    }

    /// `-----BEGIN … PRIVATE KEY-----`, from its first hyphen to the end of the key.
    static func privateKey(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> PrivateData? {
        guard start == 0 || text[start - 1] != UInt8(ascii: "-"), begins(text, start, with: Array("-----BEGIN ".utf8))
        else { return nil }
        let rest = UnsafeBufferPointer(rebasing: text[start..<min(start + 64, text.count)])
        guard contains(rest, Array("PRIVATE KEY".utf8)) else { return nil }
        var end = start + 11
        let limit = min(text.count, start + 10_000)
        while end < limit, !begins(text, end, with: Array("-----END ".utf8)) { end += 1 }
        return PrivateData(kind: .secret, range: start..<min(end + 9, text.count))
    }

    /// The password of `scheme://user:password@host`, whose first colon stands at a place.
    static func password(at colon: Int, in text: UnsafeBufferPointer<UInt8>) -> PrivateData? {
        guard colon > 1, text[colon - 1].isLetter, begins(text, colon, with: Array("://".utf8)) else { return nil }
        var split: Int?
        var at = colon + 3
        while at < text.count, at - colon < 200 {
            switch text[at] {
            case UInt8(ascii: "@"):
                guard let split, at - split > 4 else { return nil }
                let passage = UnsafeBufferPointer(rebasing: text[(split + 1)..<at])
                guard isNoPlaceholder(passage) else { return nil }
                return PrivateData(kind: .secret, range: (split + 1)..<at)
            case UInt8(ascii: ":"):
                if split == nil { split = at }
            case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: "{"),
                UInt8(ascii: "$"):
                return nil
            default: break
            }
            at += 1
        }
        return nil
    }

    // MARK: -

    private static func begins(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, with prefix: [UInt8]) -> Bool {
        guard text.count - at >= prefix.count else { return false }
        for place in 0..<prefix.count where text[at + place] != prefix[place] { return false }
        return true
    }

    /// Keys are drawn: they mix letters and digits, and repeat little.
    private static func isRandom(_ passage: UnsafeBufferPointer<UInt8>, _ tail: Tail) -> Bool {
        var seen: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for byte in passage {
            if byte.isDigit { digits += 1 }
            if byte < 64 { seen.0 |= 1 << UInt64(byte) } else { seen.1 |= 1 << UInt64(byte & 63) }
        }
        let different = seen.0.nonzeroBitCount + seen.1.nonzeroBitCount
        return digits > 0 && digits < passage.count && different >= min(passage.count / 2, 10)
    }

    /// Three parts, the first two of which begin as JSON objects do in base64; `passage` lacks the first `eyJ`.
    private static func isToken(_ passage: UnsafeBufferPointer<UInt8>) -> Bool {
        let parts = passage.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].count >= 8 && parts[1].starts(with: Array("eyJ".utf8))
            && parts[1].count >= 8
            && parts[2].count >= 16
    }

    private static func isNoPlaceholder(_ passage: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: passage, as: UTF8.self).lowercased()
        return !["password", "passwd", "pass", "secret", "changeme", "yourpassword", "your_password", "example"]
            .contains(text) && Set(text).count > 2
    }
}
