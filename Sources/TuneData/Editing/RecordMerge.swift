import TuneModel

/// Makes one record of several.
enum RecordMerge {
    /// Conversations follow each other, a system prompt that is said again left out; prompts and completions are joined
    /// line by line, a prompt that is the same in all standing once. Nil where they differ in shape, or are pairs of
    /// preferences, which say nothing together.
    static func record(of records: [Record]) -> Record? {
        var messages: [Message] = []
        var (prompts, completions): ([String], [String]) = ([], [])
        for record in records {
            switch record {
            case .chat(let turns):
                let system = messages.first { $0.role == "system" }
                messages += turns.filter { $0.role != "system" || $0 != system }
            case .completion(let prompt, let completion):
                prompts.append(prompt)
                completions.append(completion)
            case .preference:
                return nil
            }
        }
        if prompts.isEmpty { return messages.isEmpty ? nil : .chat(messages) }
        guard messages.isEmpty else { return nil }
        let prompt = Set(prompts).count == 1 ? prompts[0] : joined(prompts)
        return .completion(prompt: prompt, completion: joined(completions))
    }

    /// Each on lines of its own.
    private static func joined(_ texts: [String]) -> String {
        texts.reduce("") { $0.isEmpty || $0.hasSuffix("\n") ? $0 + $1 : $0 + "\n" + $1 }
    }
}
