import Foundation
import TuneData
import TuneModel

/// Asks the questions one after another, with their evidence.
struct PrepareDialogue {
    let console: Console
    let interruption: PromptInterruption
    let isQuiet: Bool
    /// Whether answers are given again: nothing is asked then.
    let isReplayed: Bool
    /// Questions answered on the command line.
    let given: Set<PrepareQuestion.ID>

    private enum Reply { case yes, no, back }

    func go(through preparation: inout Preparation) throws {
        var asked: [PrepareQuestion.ID] = []
        tellGiven(preparation)
        while let question = preparation.nextQuestion {
            if isReplayed, question.id != .write {
                preparation.answer(question.id, question.suggestion)
                continue
            }
            let number = 1 + (preparation.questions.firstIndex { $0.id == question.id } ?? 0)
            show(question, number: number, of: preparation.questions.count)
            switch try reply(question, canGoBack: !asked.isEmpty) {
            case .yes:
                preparation.answer(question.id, true)
                asked.append(question.id)
            case .no:
                preparation.answer(question.id, false)
                asked.append(question.id)
            case .back:
                if let last = asked.popLast() { preparation.withdraw(last) }
            }
        }
    }

    /// Questions whose answers came with the command are told, not asked.
    private func tellGiven(_ preparation: Preparation) {
        for question in preparation.questions where given.contains(question.id) {
            console.say("")
            console.say(question.title[console.language] + " " + (question.isAccepted ? "Y" : "n"))
        }
    }

    private func show(_ question: PrepareQuestion, number: Int, of count: Int) {
        console.say("")
        console.say("\(number)/\(count)  \(question.title[console.language])")
        console.say("     \(question.why[console.language])")
        for example in question.examples { show(example) }
    }

    private func show(_ example: PrepareExample) {
        let labels = console.language == .chinese ? ("改前", "改后", "（略去）") : ("before", "after ", "(left out)")
        let before = text(of: example.before, example.field)
        console.say(
            "     \(labels.0)  \(Self.excerpt(before, against: example.after.map { text(of: $0, example.field) }))")
        let after = example.after.map { Self.excerpt(text(of: $0, example.field), against: before) } ?? labels.2
        console.say("     \(labels.1)  \(after)")
    }

    private func text(of pair: PrepareExample.Pair, _ field: PrepareExample.Field) -> String {
        switch field {
        case .prompt: pair.prompt
        case .completion: pair.completion
        case .record: pair.prompt + "  →  " + pair.completion
        case .conversation: pair.prompt
        }
    }

    /// The text in one line, of long ones the end where the two differ; spaces at its ends are shown as signs.
    static func excerpt(_ text: String, against other: String?) -> String {
        let limit = 60
        guard text.count > limit else { return marked(text) }
        let same = other.map { zip(text, $0).prefix { $0 == $1 }.count } ?? 0
        guard same > limit - 20 else { return marked(text.prefix(limit), isEnd: false) + "…" }
        // What differs is what is to be seen.
        let start = min(same - limit / 2, text.count - limit)
        let rest = text.dropFirst(start)
        let isEnd = rest.count <= limit
        return "…" + marked(rest.prefix(limit), isStart: false, isEnd: isEnd) + (isEnd ? "" : "…")
    }

    /// Where a text was cut its spaces are not those of an end.
    private static func marked(_ text: some StringProtocol, isStart: Bool = true, isEnd: Bool = true) -> String {
        let middle = isStart ? text.drop { $0 == " " } : text[...]
        let lead = text.count - middle.count
        var end = middle[...]
        while isEnd, end.last == " " { end.removeLast() }
        return String(repeating: "␣", count: lead) + shown(String(end))
            + String(repeating: "␣", count: middle.count - end.count)
    }

    private func reply(_ question: PrepareQuestion, canGoBack: Bool) throws -> Reply {
        let suggested: Reply = question.suggestion ? .yes : .no
        let keys = question.suggestion ? "     [Y/n] " : "     [y/N] "
        if isQuiet || isReplayed {
            console.say(keys + (question.suggestion ? "Y" : "N"))
            return suggested
        }
        while true {
            console.write(keys, to: console.isJSON ? .errors : .output)
            guard let line = interruption.whileWaiting({ readLine() }) else {
                console.say("")
                throw DataError.cancelled
            }
            switch line.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() {
            case "": return suggested
            case "y", "yes", "是", "好": return .yes
            case "n", "no", "否", "不": return .no
            case "b", "back", "返回":
                if canGoBack { return .back }
                console.say(Wording("This is the first question.", "这是第一个问题。"))
            default:
                console.say(
                    Wording("Please answer y for yes, n for no, or b to go back.", "请回答 y（是）、n（否）或 b（返回上一题）。"))
            }
        }
    }
}
