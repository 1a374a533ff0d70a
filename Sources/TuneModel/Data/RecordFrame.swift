/// What all records of a dataset have around their questions and answers; a model that learned them expects it again.
public struct RecordFrame: Hashable, Sendable {
    /// What every prompt ends with, if they have that in common.
    public let separator: String?
    /// A mark at the end of every completion and nowhere else in them: answers are over there.
    public let ending: String?
    /// Whether they are conversations.
    public let isChat: Bool

    public init(of records: [Record]) {
        isChat = records.first.map { $0.shape != .completion } ?? false
        // A chat ends its turns with a token of its own.
        guard records.allSatisfy({ $0.shape == .completion }) else {
            separator = nil
            ending = nil
            return
        }
        separator = Self.text(Self.commonEnd(records.lazy.map { $0.sides.prompt }))
        let completions = records.lazy.map { $0.sides.completion }
        ending = Self.text(Self.mark(Self.commonEnd(completions), of: completions))
    }

    /// The question as the model learned to see it.
    public func framed(_ prompt: String) -> AnswerRequest.Input {
        if isChat { return .chat([Message(role: "user", content: prompt)]) }
        return .prompt(separator.map { Self.separated(prompt, by: $0) } ?? prompt)
    }

    /// The question with the separator at its end, as far as it does not end so already.
    static func separated(_ prompt: String, by separator: String) -> String {
        // Of «? ->» a question has the mark already.
        let cuts = Array(separator.indices) + [separator.endIndex]
        let shared = cuts.last { prompt.hasSuffix(separator[..<$0]) } ?? separator.startIndex
        return prompt + separator[shared...]
    }

    // MARK: - Private

    /// What all end with, without pieces of words: that two records end in «-ing» means nothing.
    /// Empty for fewer than two, which have everything in common.
    private static func commonEnd(_ texts: some Collection<String>) -> ArraySlice<Unicode.Scalar> {
        guard texts.count > 1, let first = texts.first else { return [] }
        var end = Array(first.unicodeScalars.suffix(64))[...]
        for text in texts {
            let same = zip(end.reversed(), text.unicodeScalars.reversed()).prefix { $0 == $1 }.count
            end = end.suffix(same)
            if end.isEmpty { break }
        }
        return end.drop { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    /// The part of a common end that stands nowhere else in any text; empty when there is none.
    ///
    /// A full stop in front of it belongs to the answer, and one alone ends sentences, too.
    private static func mark(
        _ end: ArraySlice<Unicode.Scalar>, of texts: some Collection<String>
    ) -> ArraySlice<Unicode.Scalar> {
        let candidates = [end.drop { ".!?…\"'”’)。！？」』）".unicodeScalars.contains($0) }, end]
        return candidates.first { candidate in
            // One text at a time, since all of them as scalars would take four times the file.
            !candidate.isEmpty
                && !texts.contains { Array($0.unicodeScalars).dropLast().firstRange(of: candidate) != nil }
        } ?? []
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String? {
        guard !scalars.isEmpty else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}

extension Record {
    /// The two texts of a completion record.
    fileprivate var sides: (prompt: String, completion: String) {
        if case .completion(let prompt, let completion) = self { (prompt, completion) } else { ("", "") }
    }
}
