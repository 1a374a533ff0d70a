import TuneCanvas
import TuneControl
import TuneModel

/// The form that starts an evaluation, with what it would take.
struct EvaluationFormCard: DialogCard {
    let form: EvaluationForm.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = form.rows
        let shown = max(1, min(rows.count + 1, area.height - 6))
        var inner = card(
            look.say("Evaluate on \(form.name)", "在 \(form.name) 上评测"), width: 84, height: shown + 6, in: area,
            look: look, on: &surface)
        _ = inner.takeTop(1)
        let list = inner.takeTop(shown)
        let top = max(0, min(rows.count - shown, form.active - shown / 2))
        var caret: Point?
        for (line, index) in rows.indices.dropFirst(top).prefix(shown).enumerated() {
            let found = draw(rows[index], isActive: index == form.active, in: list.row(line), on: &surface)
            caret = found ?? caret
        }
        ScrollMark(top: top, visible: shown, count: rows.count, style: look[.muted])
            .draw(in: Rect(x: list.endX - 1, y: list.y, width: 1, height: shown), on: &surface)
        drawCost(in: inner, on: &surface)
        return caret
    }

    // MARK: -

    private func draw(
        _ row: EvaluationForm.Row, isActive: Bool, in place: Rect, on surface: inout Surface
    ) -> Point? {
        surface.write(isActive ? "▸" : " ", in: place, style: look[.accent])
        let style = look[isActive ? .strong : .text]
        let caption = place.inset(left: 2)
        let value = Rect(x: place.x + 22, y: place.y, width: 20, height: 1)
        let hint = Rect(x: value.endX + 2, y: place.y, width: max(0, place.endX - value.endX - 2), height: 1)
        switch row {
        case .model(let index):
            let mark = form.chosen.contains(index) ? "[✓] " : "[ ] "
            surface.write(mark + form.models[index], in: caption.inset(right: 1), style: style)
        case .limit:
            surface.write(look.say("records", "记录数"), in: caption, style: look[isActive ? .strong : .muted])
            surface.write(look.say("empty: all", "留空表示全部"), in: hint, style: look[.muted])
            return field(form.limit, look.say("all", "全部"), isActive, in: value, on: &surface)
        case .answers:
            surface.write(look.say("answers", "回答"), in: caption, style: look[isActive ? .strong : .muted])
            surface.write(
                form.generates ? look.say("[✓] written", "[✓] 生成") : look.say("[ ] written", "[ ] 生成"),
                in: value, style: style)
            surface.write(
                look.say("or only the loss", "否则只测损失"), in: hint, style: look[.muted])
        case .maxTokens:
            surface.write(look.say("longest answer", "最长回答"), in: caption, style: look[isActive ? .strong : .muted])
            surface.write(look.say("tokens", "词元"), in: hint, style: look[.muted])
            return field(form.maxTokens, "", isActive, in: value, on: &surface)
        case .judge:
            surface.write(look.say("judge", "评审"), in: caption, style: look[isActive ? .strong : .muted])
            let name = form.judge.map { form.models[$0] } ?? look.say("none", "无")
            surface.write(
                name, in: Rect(x: value.x, y: value.y, width: place.endX - value.x - 1, height: 1), style: style)
        }
        return nil
    }

    private func field(
        _ buffer: TextBuffer, _ blank: String, _ isActive: Bool, in place: Rect, on surface: inout Surface
    ) -> Point? {
        if isActive { surface.fill(place, style: look[.field]) }
        let box = buffer.field(
            look, style: look[isActive ? .field : .text], isActive: isActive, placeholder: blank)
        box.draw(in: place, on: &surface)
        return isActive ? box.caretPoint(in: place, measure: surface.measure) : nil
    }

    private func drawCost(in area: Rect, on surface: inout Surface) {
        let place = area.inset(top: 1)
        if case .failure(let fault) = form.request {
            _ = surface.writeWrapped("✗ " + look.say(fault.text), in: place, style: look[.error])
            return
        }
        switch form.estimation {
        case .running:
            surface.write(look.say("reckoning what it takes …", "正在估算…"), in: place, style: look[.muted])
        case .failed(let why):
            surface.writeWrapped("✗ " + why.text(in: look.language), in: place, style: look[.error])
        case .done(let estimate):
            let records = Figures.count(estimate.records)
            let models = form.chosen.count
            var parts = [
                look.say(
                    "\(records) records · \(models) \(models == 1 ? "model" : "models")",
                    "\(records) 条记录 · \(models) 个模型")
            ]
            if let seconds = estimate.seconds { parts.append(look.say(Figures.roughly(seconds))) }
            surface.write(parts.joined(separator: " · "), in: place, style: look[.strong])
        }
    }
}
