import TuneModel

/// Log probabilities in the protocol's two shapes.
extension JSONOutput {
    /// Of a conversation's answer.
    static func chances(of tokens: [ChosenToken]) -> JSONOutput {
        func pairs(_ chance: ChosenToken.Chance) -> [(String, JSONOutput)] {
            [
                ("token", .text(chance.text)), ("logprob", JSONOutput(chance.logProbability)),
                ("bytes", .list(chance.bytes.map { .integer(Int64($0)) })),
            ]
        }
        return .object([
            (
                "content",
                .list(
                    tokens.map { token in
                        let others = token.alternatives.map { JSONOutput.object(pairs($0)) }
                        return .object(pairs(token.chosen) + [("top_logprobs", .list(others))])
                    })
            )
        ])
    }

    /// Of a continued prompt; `offset` is where its text begins, in characters.
    static func legacyChances(of tokens: [ChosenToken], offset: Int) -> JSONOutput {
        var place = offset
        var offsets: [JSONOutput] = []
        // Parts of a character stand where it stands.
        var pending: [UInt8] = []
        for token in tokens {
            offsets.append(JSONOutput(place))
            pending += token.chosen.bytes
            if let text = String(validating: pending, as: UTF8.self) {
                place += text.unicodeScalars.count
                pending = []
            }
        }
        return .object([
            ("tokens", .list(tokens.map { .text(SpelledToken.name($0.chosen)) })),
            ("token_logprobs", .list(tokens.map { JSONOutput($0.chosen.logProbability) })),
            (
                "top_logprobs",
                .list(
                    tokens.map { token in
                        // The first token of a prompt has none.
                        guard token.chosen.logProbability != nil else { return .null }
                        return .object(
                            token.alternatives.map { (SpelledToken.name($0), JSONOutput($0.logProbability)) })
                    })
            ),
            ("text_offset", .list(offsets)),
        ])
    }
}

/// Tokens as a person or a program can tell them apart.
enum SpelledToken {
    /// As the protocol names a token: its text, or `bytes:\xe6` for what is no text by itself.
    static func name(_ chance: ChosenToken.Chance) -> String {
        String(validating: chance.bytes, as: UTF8.self)
            ?? "bytes:" + chance.bytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// In quotes, on one line.
    static func text(_ chance: ChosenToken.Chance) -> String {
        guard let text = String(validating: chance.bytes, as: UTF8.self) else { return name(chance) }
        return "\"" + text.replacing("\n", with: "\\n").replacing("\t", with: "\\t").replacing("\r", with: "\\r") + "\""
    }
}
