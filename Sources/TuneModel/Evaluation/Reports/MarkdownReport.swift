/// An evaluation as Markdown.
public struct MarkdownReport {
    private let digest: EvaluationDigest
    private var report: EvaluationReport { digest.report }
    private var summary: EvaluationSummary { digest.summary }

    /// - Parameter worst: how many of the worst answers it shows.
    public init(_ report: EvaluationReport, _ summary: EvaluationSummary, _ language: Language, worst: Int = 20) {
        digest = EvaluationDigest(report, summary, language, worst: worst)
    }

    public var text: String {
        var parts = ["# " + ReportText.markdown(digest.title), facts, table, notes]
        for (row, model) in zip(summary.rows, report.models.indices) {
            if let classes = row.classification { parts += classification(classes, of: model) }
        }
        parts += worst
        if let prompt = report.judgePrompt {
            parts += ["## " + digest.say("What the judge was asked", "给评审的提示"), ReportText.fenced(prompt)]
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    // MARK: -

    private var facts: String {
        digest.facts.map { "- \($0): \(ReportText.markdown($1))" }.joined(separator: "\n")
    }

    private var notes: String { digest.notes.map(ReportText.markdown).map { "> " + $0 }.joined(separator: "\n>\n") }

    private var table: String {
        let head = [digest.say("measure", "指标")] + summary.rows.map { ReportText.markdown($0.model) }
        let rows = summary.measures.map { measure in
            [digest.say(measure.title)]
                + summary.rows.map { row in
                    let cell = digest.cell(measure, row)
                    let value = cell.mark == "★" ? "**\(cell.value)** ★" : cell.value + (cell.mark.isEmpty ? "" : " ≈")
                    return cell.interval.isEmpty ? value : "\(value) [\(cell.interval)]"
                }
        }
        return lines(head, rows)
    }

    private func lines(_ head: [String], _ rows: [[String]]) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let rule = "| --- |" + String(repeating: " ---: |", count: head.count - 1)
        return ([line(head), rule] + rows.map(line)).joined(separator: "\n")
    }

    private func classification(_ classes: ClassificationReport, of model: Int) -> [String] {
        let percent = Measure.accuracy.text
        let head = [
            digest.say("class", "类别"), digest.say("precision", "精确率"), digest.say("recall", "召回率"), "F1",
            digest.say("records", "记录"),
        ]
        func average(_ name: String, _ average: ClassificationReport.Average) -> [String] {
            [name, percent(average.precision), percent(average.recall), percent(average.f1), ""]
        }
        let rows = classes.rows.map {
            [
                ReportText.markdown($0.label), percent($0.precision), percent($0.recall), percent($0.f1),
                $0.support.grouped,
            ]
        }
        let names = classes.rows.map { ReportText.markdown($0.label) }
        let matrix = zip(names, classes.matrix).map { name, counts in [name] + counts.map(\.grouped) }
        return [
            "## " + digest.say("Classes of ", "分类：") + ReportText.markdown(report.models[model].model),
            lines(
                head,
                rows + [
                    average(digest.say("mean of classes", "宏平均"), classes.macro),
                    average(digest.say("mean of records", "加权平均"), classes.weighted),
                    [digest.say("accuracy", "准确率"), "", "", percent(classes.accuracy), ""],
                ]),
            digest.say("Expected class by row, answered class by column:", "行为期望类别，列为回答的类别："),
            lines([""] + names + [digest.say("none", "无")], matrix),
        ]
    }

    private var worst: [String] {
        guard !digest.worst.isEmpty else { return [] }
        let measure = digest.say(report.decisiveMeasure.title)
        var parts = ["## " + digest.say("Worst first, by \(measure)", "最差的在前（按\(measure)）")]
        for record in digest.worst {
            let row = report.records[record].row + 1
            parts.append("### " + digest.say("Record \(row.grouped)", "第 \(row.grouped) 条记录"))
            parts += [ReportText.fenced(report.records[record].prompt)]
            parts += [digest.say("expected", "期望"), ReportText.fenced(report.records[record].expected)]
            for model in report.models.indices {
                let figures = digest.figures(record: record, model: model)
                parts.append("**" + ReportText.markdown(report.models[model].model) + "** " + figures)
                let answer = digest.answer(record: record, model: model)
                if !answer.isEmpty { parts.append(ReportText.fenced(answer)) }
                if let judgement = report.models[model].outcomes[record].judgement, !judgement.text.isEmpty {
                    parts.append(digest.say("judge: ", "评审：") + ReportText.markdown(judgement.text))
                }
            }
        }
        return parts
    }
}
