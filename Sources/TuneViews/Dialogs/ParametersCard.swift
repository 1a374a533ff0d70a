import TuneCanvas
import TuneControl
import TuneModel

/// How models are asked, a row for each setting with the range that it takes.
struct ParametersCard: DialogCard {
    let sheet: Parameters.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let width = min(78, area.width - 2)
        let rows = min(sheet.fields.count, max(1, area.height - 2))
        let inner = card(
            look.say("Parameters", "参数"), trailing: origin, width: width, height: rows + 2, in: area, look: look,
            on: &surface)
        let captions = sheet.fields.map { surface.measure.columns(of: look.say(Self.caption($0.name))) }.max() ?? 0
        let top = max(0, min(sheet.fields.count - rows, sheet.active - rows / 2))
        let fault: Parameters.Fault? = if case .failure(let fault) = sheet.result { fault } else { nil }
        var caret: Point?
        for (line, index) in (top..<top + rows).enumerated() {
            let field = sheet.fields[index]
            let isActive = index == sheet.active
            let row = inner.row(line)
            surface.write(isActive ? "▸" : " ", in: row, style: look[.accent])
            surface.write(
                look.say(Self.caption(field.name)), in: row.inset(left: 2), style: look[isActive ? .strong : .muted])
            let place = Rect(x: row.x + captions + 4, y: row.y, width: 16, height: 1)
            if isActive { surface.fill(place, style: look[.field]) }
            let box = field.buffer.field(look, style: look[isActive ? .field : .text], isActive: isActive)
            box.draw(in: place, on: &surface)
            if isActive { caret = box.caretPoint(in: place, measure: surface.measure) }
            let isWrong = fault?.field == field.name
            surface.write(
                (isWrong ? "✗ " : "") + look.say(field.name.range), in: row.inset(left: captions + 22),
                style: look[isWrong ? .error : .muted])
        }
        return caret
    }

    // MARK: -

    /// Where separator and stop come from.
    private var origin: String {
        guard let hints = sheet.hints, sheet.fields.contains(where: \.name.isOfModel) else { return "" }
        let name = hints.dataset.split(separator: "/").last.map(String.init) ?? hints.dataset
        return look.say("learned from \(name)", "学自 \(name)")
    }

    private static func caption(_ name: Parameters.Field.Name) -> Wording {
        switch name {
        case .form: Wording("asked as", "提问方式")
        case .separator: Wording("separator", "分隔符")
        case .stop: Wording("stop", "停止符")
        case .temperature: Wording("temperature", "温度")
        case .topP: Wording("top-p", "top-p")
        case .topK: Wording("top-k", "top-k")
        case .minP: Wording("min-p", "min-p")
        case .repetition: Wording("repetition penalty", "重复惩罚")
        case .frequency: Wording("frequency penalty", "频率惩罚")
        case .presence: Wording("presence penalty", "存在惩罚")
        case .maxTokens: Wording("max tokens", "最多词元")
        case .seed: Wording("seed", "随机种子")
        }
    }
}
