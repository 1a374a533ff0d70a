import TuneModel

/// An evaluation as a plain terminal shows it.
struct EvaluationSheet {
    let report: EvaluationReport
    let summary: EvaluationSummary
    let console: Console
    /// How many of the worst answers it shows.
    let worst: Int

    func print() {
        console.table(table)
        for (index, row) in summary.rows.enumerated() where row.classification != nil {
            console.print("")
            console.print(title(of: index, say("classes", "分类")))
            console.table(matrix(of: index))
        }
        for line in remarks { console.remark(Wording(verbatim: line)) }
        for record in report.worst(by: report.decisiveMeasure).prefix(worst) { show(record) }
    }

    // MARK: - Figures

    /// Measures by models, each with its interval.
    private var table: [[String]] {
        let head = [""] + summary.rows.flatMap { [$0.model, ""] }
        let rows = summary.measures.map { measure in
            [say(measure.title)]
                + summary.rows.flatMap { row -> [String] in
                    guard let figure = row.figures[measure] else { return ["–", ""] }
                    let mark =
                        switch figure.standing {
                        case .best: " ★"
                        case .even: " ≈"
                        case .alone, .behind: ""
                        }
                    let interval = figure.interval.map {
                        "[\(measure.text($0.lower)) – \(measure.text($0.upper))]"
                    }
                    return [measure.text(figure.value) + mark, interval ?? ""]
                }
        }
        let counts = [
            [say("records", "记录")] + summary.rows.flatMap { _ in [report.records.count.grouped, ""] },
            [say("tokens", "词元")]
                + report.models.flatMap { model in
                    [model.outcomes.reduce(0) { $0 + ($1.loss?.tokens ?? 0) }.grouped, ""]
                },
        ]
        return [head] + rows + counts
    }

    private func matrix(of model: Int) -> [[String]] {
        guard let classes = summary.rows[model].classification else { return [] }
        let percent = Measure.accuracy.text
        let names = classes.rows.map { String($0.label.prefix(16)) }
        // One letter stands for a class above the counts, since names would not fit.
        let head =
            [say("expected", "期望"), say("precision", "精确率"), say("recall", "召回率"), "F1"]
            + names.indices.map { "→\($0 + 1)" } + [say("→none", "→无")]
        let rows = classes.rows.enumerated().map { index, row in
            ["\(index + 1) \(names[index])", percent(row.precision), percent(row.recall), percent(row.f1)]
                + classes.matrix[index].map(\.grouped)
        }
        return [head] + rows
    }

    private var remarks: [String] {
        var lines: [String] = []
        if summary.rows.count > 1 {
            lines.append(
                say(
                    "★ best; ≈ no more than chance apart from it; in brackets where 95 of 100 samples of the records lie.",
                    "★ 最好；≈ 与最好的差别可能只是偶然；括号内为 95% 的重复抽样结果所在的范围。"))
        }
        for row in summary.rows {
            if row.cut > 0 {
                lines.append(
                    say(
                        "\(row.model): \(row.cut) of \(row.answers) answers were cut at \(report.request.maxTokens) tokens; --max-tokens allows more.",
                        "\(row.model)：\(row.answers) 个回答中有 \(row.cut) 个在 \(report.request.maxTokens) 个词元处被截断；可用 --max-tokens 放宽。"
                    ))
            }
            if row.failures > 0 {
                lines.append(
                    say("\(row.model): no answer to \(row.failures) records.", "\(row.model)：\(row.failures) 条记录没有回答。"))
            }
            if row.unjudged > 0 {
                lines.append(
                    say(
                        "\(row.model): the judge gave no verdict on \(row.unjudged) answers.",
                        "\(row.model)：有 \(row.unjudged) 个回答评审没有给出结论。"))
            }
        }
        return lines
    }

    // MARK: - Records

    private func show(_ record: Int) {
        let row = (report.records[record].row + 1).grouped
        console.print("")
        console.print(say("record \(row)", "第 \(row) 条记录"))
        show(say("prompt", "提问"), report.records[record].prompt)
        show(say("expected", "期望"), report.records[record].expected)
        for model in report.models.indices {
            let outcome = report.models[model].outcomes[record]
            let figures = [Measure.judge, .rougeL, .loss].compactMap { measure in
                report.value(of: measure, record: record, model: model).map {
                    say(measure.title) + " " + measure.text($0)
                }
            }
            console.print(title(of: model, figures.joined(separator: ", ")))
            if let answer = outcome.answer { show("", answer.text.isEmpty ? say("(empty)", "（空）") : answer.text) }
            if let failure = outcome.failure { show("✗", failure.text(in: console.language)) }
        }
    }

    private func title(of model: Int, _ detail: String) -> String { report.models[model].model + " · " + detail }

    private func show(_ name: String, _ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            console.print("  " + (index == 0 && !name.isEmpty ? name + ": " : "  ") + line)
        }
    }

    private func say(_ english: String, _ chinese: String) -> String { Wording(english, chinese)[console.language] }
    private func say(_ wording: Wording) -> String { wording[console.language] }
}
