/// The keys that hold the prompts and the completions of a file.
public struct Columns: Hashable, Sendable {
    public var prompt: String
    public var completion: String

    public init(prompt: String = "prompt", completion: String = "completion") {
        self.prompt = prompt
        self.completion = completion
    }

    public static let standard = Columns()

    /// Two of a file's keys that are likely to hold questions and answers; nil when none are.
    public static func suggested(among keys: [String]) -> Columns? {
        let names = keys.map { $0.lowercased() }
        for (questions, answers) in likely {
            guard let question = questions.lazy.compactMap(names.firstIndex).first,
                let answer = answers.lazy.compactMap(names.firstIndex).first
            else { continue }
            return Columns(prompt: keys[question], completion: keys[answer])
        }
        return nil
    }

    /// Names of questions, each list with the names of the answers that go with them; the likeliest first.
    private static let likely: [(questions: [String], answers: [String])] = [
        (["prompt"], ["completion", "response", "output", "answer", "chosen", "target", "text"]),
        (["question", "query", "q"], ["answer", "response", "output", "a", "completion"]),
        (["instruction", "instructions"], ["output", "response", "answer", "completion"]),
        (["input", "source", "context"], ["output", "target", "response", "completion", "label"]),
        (["user", "human"], ["assistant", "bot", "gpt", "model"]),
        (["text", "sentence"], ["label", "category", "class"]),
        (["提问", "问题", "问"], ["回答", "答案", "答"]),
        (["指令", "输入", "原文"], ["输出", "回复", "译文", "回答"]),
    ]
}
