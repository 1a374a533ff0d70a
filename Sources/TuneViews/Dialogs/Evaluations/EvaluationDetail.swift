import TuneCanvas
import TuneModel

/// A record with what was expected and what every model said, as rows of text.
struct EvaluationDetail {
    struct Row {
        let text: String
        let role: Role
    }

    let report: EvaluationReport
    /// Place in the report; nil for none.
    let record: Int?
    let look: Look

    /// More than anybody scrolls through is not wrapped.
    private static let most = 20_000

    func rows(width: Int, measure: GlyphWidth) -> [Row] {
        guard let record, width > 2 else { return [] }
        let wrap = TextWrap(width: width, measure: measure)
        var rows: [Row] = []
        func add(_ caption: String, _ text: String, _ role: Role, _ captionRole: Role = .muted) {
            if !rows.isEmpty { rows.append(Row(text: "", role: .text)) }
            rows.append(Row(text: caption, role: captionRole))
            for line in wrap.lines(of: String(text.prefix(Self.most))) {
                rows.append(Row(text: String(line), role: role))
            }
        }
        let entry = report.records[record]
        add(look.say("prompt", "提问"), entry.prompt, .text)
        add(look.say("expected", "期望"), entry.expected, .strong)
        for model in report.models.indices {
            let outcome = report.models[model].outcomes[record]
            let name = EvaluationPage.letter(model) + " " + Figures.model(report.models[model].model)
            let caption = ([name] + figures(record, model)).joined(separator: " · ")
            if let answer = outcome.answer {
                let text = answer.text.isEmpty ? look.say("(empty)", "（空）") : answer.text
                add(caption, text + (answer.finish == .length ? " …" : ""), .text, .accent)
            } else if let failure = outcome.failure {
                add(caption, "✗ " + failure.text(in: look.language), .error, .accent)
            } else {
                add(caption, look.say("(no answer was asked for)", "（未要求回答）"), .muted, .accent)
            }
            if let judgement = outcome.judgement {
                for line in wrap.lines(of: look.say("judge: ", "评审：") + judgement.text) {
                    rows.append(Row(text: String(line), role: .muted))
                }
            }
        }
        return rows
    }

    private func figures(_ record: Int, _ model: Int) -> [String] {
        // Of classes it only counts whether they are right.
        let measures: [Measure] =
            report.labels == nil ? [.judge, .exactMatch, .rougeL, .bleu, .loss] : [.judge, .accuracy, .loss]
        return measures.compactMap { measure in
            guard let value = report.value(of: measure, record: record, model: model) else { return nil }
            if measure == .accuracy { return value == 1 ? "✓" : "✗" }
            if measure == .exactMatch { return value == 1 ? look.say("exact", "完全一致") : nil }
            return look.say(measure.label) + " " + measure.text(value)
        }
    }
}
