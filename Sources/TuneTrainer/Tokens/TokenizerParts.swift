/// What a tokenizer is made from, whichever file it was read from.
struct TokenizerParts {
    var tokens: WrittenTokens
    /// One for each token.
    var kinds: [TokenKind]
    var rules: TextRules
    var encoder: BytePairEncoder
    /// Special tokens that are looked for in the text as it stands.
    var specials = SpecialTokens()
    /// Those that are looked for in the text after it was made ready.
    var lateSpecials = SpecialTokens()
    var bosID: Int32?
    var eosID: Int32?
    var paddingID: Int32?
    var addsBOS = false
    var endIDs: Set<Int32> = []

    /// Ends of answers that models are known to use beside the one that their file names.
    static let customaryEnds = ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<|eom_id|>"]

    /// Adds what files may leave out: the named end and the customary ones.
    mutating func completeEnds(_ more: [Int32?]) {
        let customary = Self.customaryEnds.compactMap(tokens.id).filter { kinds[Int($0)].isSpecial }
        endIDs.formUnion((more + [eosID]).compactMap { $0 } + customary)
    }

    /// The token of each byte in a vocabulary that falls back to bytes, written `<0x0A>`; −1 where there is none.
    static func fallbackTokens(_ tokens: WrittenTokens) -> [Int32] {
        (0..<256).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return tokens.id(of: "<0x\(digits.count < 2 ? "0" : "")\(digits)>") ?? -1
        }
    }
}
