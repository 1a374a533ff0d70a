import ArgumentParser
import Foundation
import TuneData
import TuneModel

/// The answers that came with `--yes` and `--no`; a name beats `all`.
struct GivenAnswers {
    private(set) var answers: [PrepareQuestion.ID: Bool] = [:]
    /// Questions that were named.
    private(set) var named: [PrepareQuestion.ID] = []

    init(yes: String?, no: String?) throws {
        var answerToAll: Bool?
        for (names, answer) in [(yes, true), (no, false)] {
            for name in (names ?? "").split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
                if name == "all" {
                    answerToAll = answer
                } else if let id = PrepareQuestion.ID(rawValue: name) {
                    answers[id] = answer
                    named.append(id)
                } else {
                    let known = PrepareQuestion.ID.allCases.map(\.rawValue).joined(separator: ", ")
                    throw usage(
                        "There is no question \(shown(name)). The questions are: \(known).",
                        "没有名为 \(shown(name)) 的问题。可用的问题：\(known)。")
                }
            }
        }
        // What is to be written is asked for itself: `--no all` changes nothing, and so leaves nothing to write.
        guard let answerToAll else { return }
        for id in PrepareQuestion.ID.allCases where answers[id] == nil && id != .write { answers[id] = answerToAll }
    }
}

/// Gives recorded answers again, and tells what does not fit.
struct RecordedReplay {
    let console: Console

    func give(_ recorded: RecordedAnswers, to preparation: inout Preparation, work: DataWork) throws {
        if try recorded.isSame(preparation.dataset, work: work) == false {
            console.say(
                Wording(
                    "⚠ The answers were given about another state of this file, or about another file.",
                    "⚠ 这些回答针对的是该文件的另一个版本，或另一个文件。"))
        }
        let rest = recorded.answer(&preparation)
        for name in rest.unknown {
            console.say(
                Wording(
                    "⚠ There is no question \(shown(name)); its answer is left aside.",
                    "⚠ 没有名为 \(shown(name)) 的问题，已忽略其回答。"))
        }
        tellUnasked(rest.unasked)
        for id in rest.unanswered {
            guard let question = preparation.questions.first(where: { $0.id == id }) else { continue }
            let answer = question.suggestion ? Wording("yes", "是") : Wording("no", "否")
            console.say(
                Wording(
                    "⚠ \(id.rawValue) has no recorded answer; what is suggested counts: \(answer.english).",
                    "⚠ \(id.rawValue) 没有记录的回答，采用建议：\(answer.chinese)。"))
        }
    }

    func tellUnasked(_ ids: [PrepareQuestion.ID]) {
        for id in ids {
            console.say(
                Wording(
                    "⚠ \(id.rawValue) is not asked about this file; its answer changes nothing.",
                    "⚠ 这个文件不涉及 \(id.rawValue)，其回答不起作用。"))
        }
    }
}
