import TuneData
import TuneModel

extension EffectRunner {
    func performOnEvaluations(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .loadEvaluations:
            post(.evaluations(.listed(try await world.evaluations.list())))
        case .loadEvaluation(let id):
            let (report, summary) = try await world.evaluations.load(id)
            post(.evaluations(.arrived(report, summary)))
        case .evaluate(let request):
            var isTold = false
            for try await news in world.evaluations.run(request) {
                switch news {
                case .progressed(let progress): post(.evaluations(.progressed(progress)))
                case .ended(let report, let summary):
                    isTold = true
                    post(.evaluations(.ended(report, summary)))
                    post(.notice(.done(Self.end(of: report), at: world.now())))
                case .endedEmpty: break
                }
            }
            if !isTold { post(.evaluations(.ended(nil, nil))) }
        case .cancelEvaluation:
            await world.evaluations.cancel()
        case .estimateEvaluation(let request):
            // Typing a number sends a request at every digit; only the last one is worth the work.
            try await world.sleep(.milliseconds(150))
            post(.evaluationForm(.estimated(request, .done(try await world.evaluations.estimate(request)))))
        case .deleteEvaluation(let id):
            try await world.evaluations.delete(id)
            post(.evaluations(.deleted(id)))
        case .exportEvaluation(let id, let path, let language):
            try await world.evaluations.export(id, path, language)
            post(.notice(.done(Wording("Wrote \(path).", "已写入 \(path)。"), at: world.now())))
        case .findEvaluated(let path, let evaluated, let answer, let isOpen):
            if !isOpen { await open(Remembered.OpenFile(path: path, row: evaluated.row), post) }
            let rows = try await world.datasets.rows(path, evaluated.row..<(evaluated.row + 1))
            guard case .record(let record)? = rows.first?.content, evaluated.isQuestion(of: record) else {
                return tell(Self.movedOn(evaluated.row), post)
            }
            post(.evaluations(.recordFound(path: path, row: evaluated.row, record, answer: answer)))
        default:
            preconditionFailure("not an effect on evaluations: \(effect)")
        }
    }

    private static func end(of report: EvaluationReport) -> Wording {
        report.isComplete
            ? Wording("The evaluation of \(report.name) is done.", "\(report.name) 的评测已完成。")
            : Wording(
                "The evaluation of \(report.name) was stopped; what it had measured is kept.",
                "\(report.name) 的评测已停止；已测量的部分已保存。")
    }

    private static func movedOn(_ row: Int) -> Explanation {
        Explanation(
            Wording(
                "Row \((row + 1).grouped) is another record than the one that was measured.",
                "第 \((row + 1).grouped) 行已不是当时测量的记录。"),
            next: Wording("Look for it in the dataset with /.", "请在数据集中用 / 查找。"))
    }
}
