public import TuneModel

/// What a text is written in, by its script alone: languages that share a script are not told apart.
public enum TextLanguage: String, CaseIterable, Hashable, Sendable {
    /// English and all else that is written in Latin letters.
    case latin
    case zh, ja, ko
    /// Cyrillic letters.
    case ru
    /// Arabic letters.
    case ar
    case he, el, hi, th
    /// No script has most of the letters, or one that is none of these has.
    case mixed
    /// No letters at all.
    case none

    init?(typed text: String) {
        let name = text.lowercased()
        guard let language = name == "en" ? .latin : TextLanguage(rawValue: name) else { return nil }
        self = language
    }

    public var name: Wording {
        switch self {
        case .latin: Wording("Latin script (English …)", "拉丁字母（英语等）")
        case .zh: Wording("Chinese", "中文")
        case .ja: Wording("Japanese", "日文")
        case .ko: Wording("Korean", "韩文")
        case .ru: Wording("Cyrillic script (Russian …)", "西里尔字母（俄语等）")
        case .ar: Wording("Arabic script", "阿拉伯字母")
        case .he: Wording("Hebrew", "希伯来文")
        case .el: Wording("Greek", "希腊文")
        case .hi: Wording("Devanagari (Hindi …)", "天城文（印地语等）")
        case .th: Wording("Thai", "泰文")
        case .mixed: Wording("mixed", "混合")
        case .none: Wording("no letters", "无文字")
        }
    }
}

/// Counts the letters of each script.
struct ScriptTally {
    private var latin = 0
    private var han = 0
    private var kana = 0
    private var others = [0, 0, 0, 0, 0, 0, 0]
    private static let scripts: [TextLanguage] = [.ko, .ru, .ar, .he, .el, .hi, .th]
    /// Letters of no script that has a name here.
    private var unknown = 0
    /// A Chinese character says about as much as three letters.
    private static let weight = 3

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte < 0x80 {
                latin &+= (byte | 0x20) &- 0x61 < 26 ? 1 : 0
                at += 1
                continue
            }
            guard let (scalar, length) = scalar(text, at) else {
                at += 1
                continue
            }
            add(scalar)
            at += length
        }
    }

    /// The script that at least seven tenths of the letters are of.
    var language: TextLanguage {
        let weights =
            [(TextLanguage.latin, latin), (kana * 20 >= han && kana > 0 ? .ja : .zh, (han + kana) * Self.weight)]
            + zip(Self.scripts, others).map { ($0, $0 == .ko ? $1 * Self.weight : $1) }
        let total = weights.reduce(unknown) { $0 + $1.1 }
        guard total > 0 else { return .none }
        return weights.first { $0.1 * 10 >= total * 7 }?.0 ?? .mixed
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0xaa, 0xba, 0xc0...0xd6, 0xd8...0xf6, 0xf8...0x24f, 0x1e00...0x1eff, 0xff21...0xff3a, 0xff41...0xff5a:
            latin += 1
        case 0x3005, 0x3007, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x323af: han += 1
        case 0x3041...0x30ff, 0x31f0...0x31ff, 0xff66...0xff9f: kana += 1
        case 0x1100...0x11ff, 0x3130...0x318f, 0xac00...0xd7a3: others[0] += 1
        case 0x400...0x52f: others[1] += 1
        case 0x620...0x64a, 0x66e...0x6d3, 0x750...0x77f, 0xfb50...0xfdff, 0xfe70...0xfefc: others[2] += 1
        case 0x5d0...0x5ea: others[3] += 1
        case 0x370...0x3ff, 0x1f00...0x1fff: others[4] += 1
        case 0x904...0x939, 0x958...0x97f: others[5] += 1
        case 0xe01...0xe30, 0xe32...0xe33, 0xe40...0xe46: others[6] += 1
        case 0x250...0x1fff: unknown += scalar.properties.isAlphabetic ? 1 : 0
        default: break
        }
    }
}
