/// Characters as they stand in a JSON string.
enum JSONCharacters {
    /// Those that a string has only escaped.
    static let escaped = ScalarSet([0...0x1F, 0x22...0x22, 0x5C...0x5C])

    /// Any character, in any of its ways of writing but in halves of two.
    static let any: GrammarExpression = .choice([
        .scalars(escaped.inverted),
        .sequence([
            .text("\\"),
            .choice([
                .scalars(ScalarSet("\"\\/bfnrt".unicodeScalars)),
                .sequence([
                    .text("u"),
                    .choice([
                        .sequence([
                            .scalars(ScalarSet("0123456789abcefABCEF".unicodeScalars)), hexadecimal, hexadecimal,
                            hexadecimal,
                        ]),
                        // Not D800 to DFFF.
                        .sequence([
                            .scalars(ScalarSet("dD".unicodeScalars)), .scalars(ScalarSet("01234567".unicodeScalars)),
                            hexadecimal, hexadecimal,
                        ]),
                    ]),
                ]),
            ]),
        ]),
    ])

    private static let hexadecimal = GrammarExpression.scalars(ScalarSet("0123456789abcdefABCDEF".unicodeScalars))

    /// One of these characters, in its usual way of writing.
    static func one(of set: ScalarSet) -> GrammarExpression {
        let plain = GrammarExpression.scalars(set.subtracting(escaped))
        let others = set.intersection(escaped).ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
        return GrammarExpression.choice([plain] + others.map { .text(written($0)) }).withoutNothing
    }

    /// The usual way of writing.
    static func written(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case "\u{8}": return "\\b"
        case "\u{C}": return "\\f"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(Character(scalar))
        }
    }
}
