extension TokenizerFile {
    /// What the file's normalizer and pre-tokenizer do, as far as they are known here.
    func rules() throws(TrainerError) -> TextRules {
        let steps = Self.steps(normalizer, "normalizers") + Self.steps(preTokenizer, "pretokenizers")
        switch steps.compactMap({ $0["type"].text }) {
        case ["Prepend", "Replace"] where steps[0]["prepend"].text == "▁" && Self.marksSpaces(steps[1]):
            return .pieces(.everyStretch, splitsWords: false)
        case ["Replace"] where Self.marksSpaces(steps[0]):
            return .pieces(.never, splitsWords: false)
        case ["Metaspace"] where steps[0]["replacement"].text == "▁":
            return .pieces(try prefix(steps[0]), splitsWords: steps[0]["split"] != .bool(false))
        case ["ByteLevel"]: return .bytes(try preTokenizer(cutting: [], steps[0]), composes: false)
        case ["NFC", "ByteLevel"]: return .bytes(try preTokenizer(cutting: [], steps[1]), composes: true)
        case ["Digits", "ByteLevel"], ["Split", "ByteLevel"]:
            return .bytes(try preTokenizer(cutting: [steps[0]], steps[1]), composes: false)
        case ["NFC", "Digits", "ByteLevel"], ["NFC", "Split", "ByteLevel"]:
            return .bytes(try preTokenizer(cutting: [steps[1]], steps[2]), composes: true)
        case let names:
            throw .unsupportedPreTokenizer(path: path, name: names.joined(separator: ", "))
        }
    }

    /// The token that the file puts in front of every text, when it does so.
    var tokenInFront: String? {
        for step in Self.steps(postProcessor, "processors") where step["type"].text == "TemplateProcessing" {
            return step["single"].elements?.first?["SpecialToken"]["id"].text
        }
        return nil
    }

    // MARK: -

    /// The parts of a sequence, or the one thing itself.
    private static func steps(_ value: JSONValue, _ key: String) -> [JSONValue] {
        if value == .null { return [] }
        guard value["type"].text == "Sequence" else { return [value] }
        return (value[key].elements ?? []).flatMap { steps($0, key) }
    }

    private static func marksSpaces(_ step: JSONValue) -> Bool {
        step["pattern"]["String"].text == " " && step["content"].text == "▁"
    }

    private func prefix(_ step: JSONValue) throws(TrainerError) -> TextRules.SpacePrefix {
        switch step["prepend_scheme"].text {
        case "always": .whereMissing
        case "first": .atStart
        case "never": .never
        case nil: step["add_prefix_space"] == .bool(false) ? .never : .whereMissing
        case let scheme?: throw .unsupportedPreTokenizer(path: path, name: "Metaspace \(scheme)")
        }
    }

    private func preTokenizer(cutting: [JSONValue], _ bytes: JSONValue) throws(TrainerError) -> PreTokenizer {
        func unknown(_ name: String) -> TrainerError { .unsupportedPreTokenizer(path: path, name: name) }
        guard bytes["add_prefix_space"] != .bool(true) else { throw unknown("ByteLevel with add_prefix_space") }
        let usesRegex = bytes["use_regex"] != .bool(false)
        guard let cut = cutting.first else {
            guard usesRegex else { throw unknown("ByteLevel without use_regex") }
            return .gpt2
        }
        if cut["type"].text == "Digits" {
            guard cut["individual_digits"].isTrue, usesRegex else { throw unknown("Digits in groups") }
            return .smollm
        }
        let expression = cut["pattern"]["Regex"].text ?? "none"
        guard cut["behavior"].text == "Isolated", cut["invert"] != .bool(true), !usesRegex,
            let known = PreTokenizer(expression: expression)
        else { throw unknown(expression) }
        return known
    }
}

extension PreTokenizer {
    /// By the expression that cuts words in `tokenizer.json`.
    init?(expression: String) {
        guard let known = [PreTokenizer.llama3, .qwen2].first(where: { $0.expression == expression }) else {
            return nil
        }
        self = known
    }
}
