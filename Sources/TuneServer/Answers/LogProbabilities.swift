import TuneModel

/// Log probabilities in the two forms that the protocol has.
enum LogProbabilities {
    /// Of chat answers: each token with its bytes.
    static func chat(_ tokens: [ChosenToken]) -> JSON {
        .object([
            (
                "content",
                .list(
                    tokens.map { token in
                        var pairs = chance(token.chosen)
                        pairs.append(("top_logprobs", .list(token.alternatives.map { .object(chance($0)) })))
                        return .object(pairs)
                    })
            ),
            ("refusal", .null),
        ])
    }

    /// Of completions: parallel lists.
    ///
    /// - Parameter offset: characters before the first token; moves on.
    static func completion(_ tokens: [ChosenToken], offset: inout Int) -> JSON {
        var offsets: [JSON] = []
        for token in tokens {
            offsets.append(.integer(offset))
            offset += token.chosen.text.unicodeScalars.count
        }
        return .object([
            ("tokens", .list(tokens.map { .text(word($0.chosen)) })),
            ("token_logprobs", .list(tokens.map { JSON($0.chosen.logProbability) })),
            (
                "top_logprobs",
                .list(
                    tokens.map { token in
                        // The first token of a prompt had nothing before it to be likely after.
                        if token.chosen.logProbability == nil { return .null }
                        return .object(token.alternatives.map { (word($0), JSON($0.logProbability)) })
                    })
            ),
            ("text_offset", .list(offsets)),
        ])
    }

    /// A token that is no character by itself is told by its bytes.
    private static func word(_ chance: ChosenToken.Chance) -> String {
        String(validating: chance.bytes, as: UTF8.self)
            ?? "bytes:" + chance.bytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func chance(_ chance: ChosenToken.Chance) -> [(String, JSON)] {
        [
            ("token", .text(chance.text)), ("logprob", .number(chance.logProbability ?? 0)),
            ("bytes", .list(chance.bytes.map { .integer(Int($0)) })),
        ]
    }
}
