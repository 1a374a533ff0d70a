import Foundation
import TuneModel

extension EffectRunner {
    func performOnAnswers(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .keepAnswer(let request, let prompt, let answer, let summary):
            try await world.answers.keep(request, prompt, answer, summary)
        case .loadAnswers(let words):
            post(.history(.arrived(words: words, try await world.answers.list(words, History.most))))
        case .deleteAnswer(let id):
            try await world.answers.delete(id)
            post(.history(.deleted(id)))
        case .drawOrder(let count):
            post(.compare(.drawn(world.answers.shuffled(count))))
        case .vote(let vote):
            try await world.answers.vote(vote)
        case .unvote:
            try await world.answers.unvote()
        case .loadVotes:
            post(.compare(.votesArrived(try await world.answers.votes())))
        case .loadRecord(let path, let row, let step):
            try await pick(path, from: row, step: step, post)
        default:
            preconditionFailure("not an effect on answers: \(effect)")
        }
    }

    /// Lines that are no records are passed over.
    private func pick(_ path: String, from start: Int, step: Int, _ post: Post) async throws {
        var row = start
        while row >= 0, let found = try await world.datasets.rows(path, row..<row + 1).first {
            if case .record(let record) = found.content {
                return post(.compare(.recordArrived(path: path, row: row, record)))
            }
            row += step
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        tell(
            Explanation(
                step > 0
                    ? Wording("\(name) has no record after this one.", "\(name) 中没有后一条记录了。")
                    : Wording("\(name) has no record before this one.", "\(name) 中没有前一条记录了。"),
                next: Wording("Type a prompt, or choose another row in Data.", "请输入问题，或在“数据”页选择其他行。")), post)
    }
}
