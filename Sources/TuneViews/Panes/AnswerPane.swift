import TuneCanvas
import TuneControl
import TuneModel

/// What one model answered.
struct AnswerPane: PaneView {
    let ask: Ask.State
    let side: Int
    let look: Look

    private var answer: Ask.Side? { ask.sides.indices.contains(side) ? ask.sides[side] : nil }

    /// Before anything was asked, the model that will answer here.
    private var model: String? {
        if let answer { return answer.model }
        let models = (ask.showsBefore ? [ask.base].compactMap(\.self) : []) + [ask.model].compactMap(\.self)
        return models.indices.contains(side) ? models[side] : nil
    }

    var title: String {
        guard let model else { return look.say("answer", "回答") }
        return model == ask.base ? look.say("before · \(model)", "训练前 · \(model)") : Figures.model(model)
    }

    var trailing: String {
        switch answer?.phase {
        case .finished(let summary)?:
            let speed = Figures.count(Int(summary.tokensPerSecond.rounded()))
            return look.say("\(speed) tok/s", "\(speed) 词元/秒")
        case .streaming?: return look.say("answering …", "正在回答…")
        case .waiting?: return look.say("waiting …", "等待中…")
        case .stopped?: return look.say("stopped", "已停止")
        case .failed?, nil: return ""
        }
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let inside = area.inset(left: 1, right: 1)
        guard let answer else {
            surface.writeWrapped(hint, in: inside, style: look[.muted])
            return
        }
        if case .failed(let why) = answer.phase {
            let used = surface.writeWrapped("✗ " + look.say(why.what), in: inside, style: look[.error])
            surface.writeWrapped(look.say(why.next), in: inside.inset(top: used), style: look[.text])
            return
        }
        // A long answer is followed at its end while it comes.
        let text = answer.text.trimmedStart
        let lines = TextWrap(width: inside.width, measure: surface.measure).lines(of: text)
        let isCut = answer.phase == .streaming && lines.count > inside.height
        for (row, line) in (isCut ? lines.suffix(inside.height) : lines.prefix(inside.height)).enumerated() {
            surface.write(line, in: inside.row(row), style: look[.text])
        }
        if case .finished(let summary) = answer.phase, lines.count < inside.height {
            let tokens = summary.completionTokens
            let word = tokens == 1 ? "token" : "tokens"
            let end =
                summary.finish == .length
                ? look.say("cut off after \(tokens) \(word)", "达到 \(tokens) 个词元后截断")
                : look.say("\(tokens) \(word)", "\(tokens) 个词元")
            surface.write(end, in: inside.row(lines.count), style: look[.muted])
        }
    }

    // MARK: -

    private var hint: String {
        guard model != nil else {
            return look.say(
                "There is no model to ask yet. 5 shows the models and fetches the base.",
                "还没有可以提问的模型。按 5 查看模型并获取基础模型。")
        }
        return look.say("Type a question below and press enter.", "在下方输入问题，然后按回车。")
    }
}
