import Foundation

/// What every form of a report tells, in one language.
struct EvaluationDigest {
    let report: EvaluationReport
    let summary: EvaluationSummary
    let language: Language
    /// Records in the order of the report, the worst first.
    let worst: [Int]

    init(_ report: EvaluationReport, _ summary: EvaluationSummary, _ language: Language, worst: Int) {
        self.report = report
        self.summary = summary
        self.language = language
        self.worst = Array(report.worst(by: report.decisiveMeasure).prefix(worst))
    }

    func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }
    func say(_ wording: Wording) -> String { wording[language] }

    var title: String { say("Evaluation of \(report.name)", "\(report.name) 的评测") }

    /// What was done, as pairs of a word and what it is.
    var facts: [(String, String)] {
        let request = report.request
        var facts = [
            (say("dataset", "数据集"), request.dataset),
            (say("records", "记录"), report.records.count.grouped),
            (say("models", "模型"), request.models.joined(separator: ", ")),
            (say("made", "时间"), Self.time(report.createdAt)),
            (say("took", "用时"), Self.clock(report.seconds)),
        ]
        if request.generates {
            facts.append(
                (
                    say("answers", "回答"),
                    say(
                        "up to \(request.maxTokens) tokens at temperature \(request.temperature), seed \(request.seed)",
                        "最多 \(request.maxTokens) 个词元，温度 \(request.temperature)，种子 \(request.seed)")
                ))
            facts.append((say("BLEU tokens", "BLEU 分词"), report.segmentation.rawValue))
        }
        if let judge = request.judge {
            let how =
                request.judging == .score
                ? say("scores each answer from 1 to 10", "给每个回答打 1 到 10 分")
                : say("picks the best answer, asked in both orders", "按两种顺序各选一次最佳回答")
            facts.append((say("judge", "评审"), judge + " · " + how))
        }
        return facts
    }

    /// What a reader should know before believing the figures.
    var notes: [String] {
        var notes: [String] = []
        if !report.isComplete {
            notes.append(
                say(
                    "The evaluation was stopped before its end; figures are of what had been measured.",
                    "评测在完成前被停止；数字只包含已测量的部分。"))
        }
        notes.append(
            say(
                "In brackets: where the figure lies in 95 of 100 samples of the records (bootstrap). ★ is the best; ≈ differs from it by no more than chance.",
                "括号内：对记录重复抽样时 95% 的结果所在的范围（自助法）。★ 为最好；≈ 与最好的差别可能只是偶然。"))
        for row in summary.rows {
            if row.cut > 0 {
                notes.append(
                    say(
                        "\(row.model): \(row.cut) of \(row.answers) answers were cut at \(report.request.maxTokens) tokens.",
                        "\(row.model)：\(row.answers) 个回答中有 \(row.cut) 个在 \(report.request.maxTokens) 个词元处被截断。"))
            }
            if row.failures > 0 {
                notes.append(
                    say(
                        "\(row.model): no answer to \(row.failures) records, since the model failed.",
                        "\(row.model)：因模型出错，有 \(row.failures) 条记录没有回答。"))
            }
            if row.unjudged > 0 {
                notes.append(
                    say(
                        "\(row.model): the judge gave no verdict on \(row.unjudged) answers.",
                        "\(row.model)：有 \(row.unjudged) 个回答评审没有给出结论。"))
            }
        }
        return notes
    }

    /// A figure with its interval and its mark.
    func cell(_ measure: Measure, _ row: EvaluationSummary.Row) -> (value: String, interval: String, mark: String) {
        guard let figure = row.figures[measure] else { return ("–", "", "") }
        let interval = figure.interval.map { "\(measure.text($0.lower)) – \(measure.text($0.upper))" } ?? ""
        let mark =
            switch figure.standing {
            case .best: "★"
            case .even: "≈"
            case .alone, .behind: ""
            }
        return (measure.text(figure.value), interval, mark)
    }

    /// The figures of one answer that are worth a line beside it.
    func figures(record: Int, model: Int) -> String {
        // Of classes it only counts whether they are right.
        let measures: [Measure] =
            report.labels == nil ? [.judge, .exactMatch, .rougeL, .bleu, .loss] : [.judge, .accuracy, .loss]
        return measures.compactMap { measure in
            guard let value = report.value(of: measure, record: record, model: model) else { return nil }
            switch measure {
            case .exactMatch, .accuracy:
                return value == 1 ? say(measure.title) + " ✓" : measure == .accuracy ? say(measure.title) + " ✗" : nil
            default: return say(measure.title) + " " + measure.text(value)
            }
        }.joined(separator: " · ")
    }

    /// What a model said to a record, or why it did not.
    func answer(record: Int, model: Int) -> String {
        let outcome = report.models[model].outcomes[record]
        if let answer = outcome.answer { return answer.text.isEmpty ? say("(empty)", "（空）") : answer.text }
        if let failure = outcome.failure { return "✗ " + failure.text(in: language) }
        return report.request.generates ? say("(not asked)", "（未提问）") : ""
    }

    static func time(_ date: Date) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: TimeZone(secondsFromGMT: 0)!)
                .year().month().day().time(includingFractionalSeconds: false)) + " UTC"
    }

    /// `4:10`, `1:02:03`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(max(0, seconds), 1e9).rounded())
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
    }
}
