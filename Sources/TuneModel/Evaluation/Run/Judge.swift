/// What a judging model is asked, and how its reply is read.
public struct Judge: Sendable {
    let judging: EvaluationRequest.Judging
    let language: Language

    public init(_ judging: EvaluationRequest.Judging, _ language: Language) {
        self.judging = judging
        self.language = language
    }

    /// Longest reply, in tokens: a number or a letter, and a few words around it.
    static let replyTokens = 24

    /// The prompt with names in the places of question and answers, for a report.
    public var template: String {
        let (question, expected, answer) = ("{question}", "{expected}", "{answer}")
        return switch judging {
        case .score: prompt(question: question, expected: expected, answer: answer)
        case .pick: prompt(question: question, expected: expected, answers: ["{answer A}", "{answer B}"])
        }
    }

    /// Asks for a score of one answer.
    func prompt(question: String, expected: String, answer: String) -> String {
        switch language {
        case .english:
            """
            You grade an answer against a reference. 10 means that it says the same, correctly and completely; 1 means \
            that it is wrong, empty or about something else. Reply with one number from 1 to 10 and nothing else.

            <question>
            \(question)
            </question>
            <reference>
            \(expected)
            </reference>
            <answer>
            \(answer)
            </answer>

            Score:
            """
        case .chinese:
            """
            请对照参考答案给回答打分。10 分表示内容一致、正确且完整；1 分表示错误、空白或答非所问。只回复一个 1 到 10 的数字。

            <问题>
            \(question)
            </问题>
            <参考答案>
            \(expected)
            </参考答案>
            <回答>
            \(answer)
            </回答>

            分数：
            """
        }
    }

    /// Asks for the best of several answers, named by letters.
    func prompt(question: String, expected: String, answers: [String]) -> String {
        let blocks = answers.enumerated().map { index, answer in
            let letter = Self.letter(index)
            return language == .english
                ? "<answer \(letter)>\n\(answer)\n</answer \(letter)>" : "<回答 \(letter)>\n\(answer)\n</回答 \(letter)>"
        }.joined(separator: "\n")
        switch language {
        case .english:
            return """
                Which answer comes closest to the reference in what it says? Reply with its letter and nothing else.

                <question>
                \(question)
                </question>
                <reference>
                \(expected)
                </reference>
                \(blocks)

                Best:
                """
        case .chinese:
            return """
                哪个回答的内容最接近参考答案？只回复它的字母。

                <问题>
                \(question)
                </问题>
                <参考答案>
                \(expected)
                </参考答案>
                \(blocks)

                最佳：
                """
        }
    }

    /// The score in a reply, 1 to 10; nil when it gives none, or several that could be meant.
    static func score(in reply: String) -> Double? {
        let numbers = reply.matches(of: #/-?\d+(?:\.\d+)?/#).compactMap { match -> Double? in
            // What follows «out of» or a slash is the scale.
            let before = reply[..<match.range.lowerBound].lowercased()
            let isScale = ["/", "/ ", "out of ", "of ", "满分", "满分 "].contains { before.hasSuffix($0) }
            return isScale ? nil : Double(match.output)
        }
        guard let first = numbers.first, numbers.allSatisfy({ $0 == first }), (1...10).contains(first) else {
            return nil
        }
        return first
    }

    /// The answer that a reply picks, by its place; nil when it picks none or several.
    static func pick(in reply: String, of count: Int) -> Int? {
        let letters = (0..<count).filter { index in
            let letter = letter(index)
            return reply.matches(of: #/[A-Za-z]+/#).contains { $0.output == letter }
        }
        return letters.count == 1 ? letters[0] : nil
    }

    private static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(65 + index))) }
}
