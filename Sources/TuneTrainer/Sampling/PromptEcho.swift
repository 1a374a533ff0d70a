import TuneModel

/// The prompt as it is told before its answer: what the model read of it, without what was put in front.
struct PromptEcho {
    private(set) var tokens: [ChosenToken] = []
    private let prompt: [Int32]
    private let tokenizer: Tokenizer
    /// Tokens at the front that the asker did not give.
    private let added: Int
    /// Whether the first token has a space in front that the asker did not give.
    private let dropsSpace: Bool
    /// Places of the prompt that logits have come for.
    private var read = 0

    init(_ prompt: [Int32], of input: AnswerRequest.Input, tokenizer: Tokenizer) {
        self.prompt = prompt
        self.tokenizer = tokenizer
        if case .prompt(let text) = input {
            added = tokenizer.addsBOS ? 1 : 0
            dropsSpace =
                switch tokenizer.rules {
                case .bytes, .pieces(.never, _): false
                case .pieces(.everyStretch, _): true
                case .pieces(.whereMissing, _), .pieces(.atStart, _): !text.hasPrefix(" ")
                }
        } else {
            (added, dropsSpace) = (0, false)
        }
        guard added == 0, let first = prompt.first else { return }
        tokens = [
            ChosenToken(
                chosen: ChosenToken.Chance(id: first, bytes: Array(bytes(at: 0)), logProbability: nil),
                alternatives: [])
        ]
    }

    var text: String {
        String(decoding: prompt.indices.dropFirst(added).flatMap(bytes), as: UTF8.self)
    }

    /// Takes the logits, (1, V), after the next place of the prompt.
    mutating func read(_ logits: Matrix, _ chances: TokenChances) {
        read += 1
        guard read < prompt.count, read >= added else { return }
        tokens.append(chances.chosen(prompt[read], bytes(at: read), from: logits))
    }

    private func bytes(at place: Int) -> ArraySlice<UInt8> {
        let bytes = tokenizer.bytes(of: prompt[place])
        return place == added && dropsSpace && bytes.first == 0x20 ? bytes.dropFirst() : bytes
    }
}
