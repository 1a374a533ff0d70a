/// An evaluation as one HTML page that needs nothing from elsewhere: light and dark, charts as inline SVG.
public struct HTMLReport {
    let digest: EvaluationDigest
    var report: EvaluationReport { digest.report }
    var summary: EvaluationSummary { digest.summary }

    /// - Parameter worst: how many of the worst answers it shows.
    public init(_ report: EvaluationReport, _ summary: EvaluationSummary, _ language: Language, worst: Int = 50) {
        digest = EvaluationDigest(report, summary, language, worst: worst)
    }

    public var text: String {
        let title = ReportText.html(digest.title)
        // Nothing is loaded and nothing runs, even if a text should get past the escapes.
        return """
            <!doctype html>
            <html lang="\(digest.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title)</title>
            <style>\(HTMLStyle.sheet)</style>
            </head>
            <body>
            <main>
            <h1>\(title)</h1>
            \(facts)
            \(notes)
            \(section(digest.say("Measures", "指标"), table + charts))
            \(classes)
            \(distribution)
            \(worst)
            \(judge)
            </main>
            </body>
            </html>

            """
    }

    // MARK: -

    func section(_ title: String, _ body: String) -> String {
        body.isEmpty ? "" : "<section>\n<h2>\(ReportText.html(title))</h2>\n\(body)\n</section>"
    }

    private var facts: String {
        let items = digest.facts.map { "<dt>\(ReportText.html($0))</dt><dd>\(ReportText.html($1))</dd>" }
        return "<dl>\n\(items.joined(separator: "\n"))\n</dl>"
    }

    private var notes: String {
        "<ul class=\"notes\">\n"
            + digest.notes.map { "<li>\(ReportText.html($0))</li>" }.joined(separator: "\n") + "\n</ul>"
    }

    private var table: String {
        let head = summary.rows.enumerated().map { index, row in
            "<th scope=\"col\"><span class=\"dot m\(index % 6)\"></span>\(ReportText.html(row.model))</th>"
        }
        let rows = summary.measures.map { measure in
            let cells = summary.rows.map { row -> String in
                let cell = digest.cell(measure, row)
                let interval = cell.interval.isEmpty ? "" : "<small>\(cell.interval)</small>"
                let style = cell.mark == "★" ? " class=\"best\"" : ""
                return "<td\(style)>\(cell.value) <span class=\"mark\">\(cell.mark)</span>\(interval)</td>"
            }
            let meaning = ReportText.html(digest.say(measure.meaning))
            return
                "<tr><th scope=\"row\" title=\"\(meaning)\">\(digest.say(measure.title))</th>\(cells.joined())</tr>"
        }
        return """
            <div class="wide"><table class="measures">
            <thead><tr><td></td>\(head.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>

            """
    }

    private var classes: String {
        let blocks = summary.rows.enumerated().compactMap { index, row in
            row.classification.map { block($0, of: index) }
        }
        return section(digest.say("Classes", "分类"), blocks.joined(separator: "\n"))
    }

    private func block(_ classes: ClassificationReport, of model: Int) -> String {
        let percent = Measure.accuracy.text
        func line(_ name: String, _ values: [String], _ tag: String = "") -> String {
            "<tr\(tag)><th scope=\"row\">\(ReportText.html(name))</th>"
                + values.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        func average(_ name: String, _ average: ClassificationReport.Average) -> String {
            line(
                name, [percent(average.precision), percent(average.recall), percent(average.f1), ""],
                " class=\"mean\"")
        }
        let rows =
            classes.rows.map {
                line($0.label, [percent($0.precision), percent($0.recall), percent($0.f1), $0.support.grouped])
            } + [
                average(digest.say("mean of classes", "宏平均"), classes.macro),
                average(digest.say("mean of records", "加权平均"), classes.weighted),
                line(digest.say("accuracy", "准确率"), ["", "", percent(classes.accuracy), ""], " class=\"mean\""),
            ]
        let head = [
            digest.say("precision", "精确率"), digest.say("recall", "召回率"), "F1", digest.say("records", "记录"),
        ].map { "<th scope=\"col\">\($0)</th>" }.joined()
        return """
            <h3><span class="dot m\(model % 6)"></span>\(ReportText.html(report.models[model].model))</h3>
            <div class="pair">
            <div class="wide"><table>
            <thead><tr><td></td>\(head)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody>
            </table></div>
            \(heatMap(classes))
            </div>
            """
    }

    private var worst: String {
        let measure = digest.say(report.decisiveMeasure.title)
        let blocks = digest.worst.map { record -> String in
            let row = (report.records[record].row + 1).grouped
            let answers = report.models.indices.map { model -> String in
                let judgement = report.models[model].outcomes[record].judgement?.text ?? ""
                let reply =
                    judgement.isEmpty
                    ? "" : "<p class=\"judge\">\(digest.say("judge: ", "评审："))\(ReportText.html(judgement))</p>"
                let answer = digest.answer(record: record, model: model)
                return """
                    <div class="answer"><h4><span class="dot m\(model % 6)"></span>\(ReportText.html(report.models[model].model)) \
                    <small>\(ReportText.html(digest.figures(record: record, model: model)))</small></h4>
                    \(answer.isEmpty ? "" : "<pre>\(ReportText.html(answer))</pre>")\(reply)</div>
                    """
            }
            return """
                <article>
                <h3>\(digest.say("Record \(row)", "第 \(row) 条记录"))</h3>
                <pre class="prompt">\(ReportText.html(report.records[record].prompt))</pre>
                <div class="answer"><h4>\(digest.say("expected", "期望"))</h4>
                <pre>\(ReportText.html(report.records[record].expected))</pre></div>
                \(answers.joined(separator: "\n"))
                </article>
                """
        }
        return section(
            digest.say("Worst first, by \(measure)", "最差的在前（按\(measure)）"), blocks.joined(separator: "\n"))
    }

    private var judge: String {
        guard let prompt = report.judgePrompt else { return "" }
        return section(
            digest.say("What the judge was asked", "给评审的提示"), "<pre>\(ReportText.html(prompt))</pre>")
    }
}
