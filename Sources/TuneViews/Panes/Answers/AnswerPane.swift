import TuneCanvas
import TuneControl
import TuneModel

/// What one model answered: to one question, or in a conversation.
struct AnswerPane: PaneView {
    let ask: Ask.State
    /// Its place on the screen.
    let side: Int
    let look: Look

    /// The model that answers here.
    private var model: String? { ask.asked.indices.contains(side) ? ask.asked[side] : nil }
    private var answer: AnswerSide? { ask.side(at: side) }

    var title: String {
        guard let model else { return look.say("answer", "回答") }
        return model == ask.base ? look.say("before · \(model)", "训练前 · \(model)") : Figures.model(model)
    }

    var trailing: String { answer.map { AnswerWords.state(of: $0, look) } ?? "" }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let inside = area.inset(left: 1, right: 1)
        guard !ask.turns.isEmpty else {
            surface.writeWrapped(hint, in: inside, style: look[.muted])
            return
        }
        let rows = rows(width: inside.width, measure: surface.measure)
        rows.draw(in: inside, top: top(rows, height: inside.height), tokens: tokens, on: &surface)
    }

    /// The first row after a step of so many rows.
    func top(after step: Int, in area: Rect) -> Int {
        let inside = area.inset(left: 1, right: 1)
        let rows = rows(width: inside.width, measure: .standard)
        return max(0, min(rows.lastTop(height: inside.height), top(rows, height: inside.height) + step))
    }

    // MARK: -

    private var tokens: TokenColors? {
        guard let odds = ask.odds, odds.side == side, let answer else { return nil }
        return TokenColors(answer.tokens, chosen: odds.token)
    }

    private func top(_ rows: AnswerRows, height: Int) -> Int {
        rows.top(height: height, wanted: ask.tops[side], isOpen: answer?.isOpen ?? false, byte: tokens?.start)
    }

    private func rows(width: Int, measure: GlyphWidth) -> AnswerRows {
        var rows = AnswerRows(width: width, look: look, measure: measure)
        guard ask.isConversation else {
            if let answer { rows.add(answer, isNewest: true) } else { rows.add(notAsked, .muted) }
            return rows
        }
        if let system = ask.systemTold { rows.add(system, .muted, sign: look.say("system  ", "系统  ")) }
        for (index, turn) in ask.turns.enumerated() {
            let isNewest = index == ask.turns.count - 1
            rows.beginTurn()
            rows.add(turn.question, .strong, sign: "❯ ")
            if let own = model.flatMap(turn.side) {
                rows.add(own, isNewest: isNewest)
            } else if !isNewest, let other = turn.sides.last {
                // It has answered in this model's place, and is what this model is told.
                rows.add(Figures.model(other.model), .muted)
                rows.add(other, isNewest: false)
            } else {
                rows.add(notAsked, .muted)
            }
        }
        return rows
    }

    private var notAsked: String { look.say("Not asked yet; r asks again.", "还没有问过；按 r 再问一次。") }

    private var hint: String {
        guard model != nil else {
            return look.say(
                "There is no model to ask yet. 6 shows the models and fetches the base.",
                "还没有可以提问的模型。按 6 查看模型并获取基础模型。")
        }
        return look.say("Type a question below and press enter.", "在下方输入问题，然后按回车。")
    }
}

/// What is said about answers in more than one place.
enum AnswerWords {
    /// How far an answer is.
    static func state(of side: AnswerSide, _ look: Look) -> String {
        switch side.phase {
        case .finished(let summary):
            // One token says nothing of the speed.
            guard summary.completionTokens > 1 else { return "" }
            let speed = Figures.count(Int(summary.tokensPerSecond.rounded()))
            return look.say("\(speed) tok/s", "\(speed) 词元/秒")
        case .streaming: return look.say("answering …", "正在回答…")
        case .waiting: return look.say("waiting …", "等待中…")
        case .stopped: return look.say("stopped", "已停止")
        case .failed: return look.say("failed", "失败")
        }
    }

    /// `temp 0.7 · top-p 1 · max 128`, and whatever else is not as usual.
    static func settings(_ settings: AnswerSettings, _ look: Look) -> String {
        let sampling = settings.sampling
        let usual = Sampling()
        func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
        var parts = [look.say("temp \(number(sampling.temperature))", "温度 \(number(sampling.temperature))")]
        if sampling.topP != usual.topP { parts.append("top-p \(number(sampling.topP))") }
        if sampling.topK != usual.topK { parts.append("top-k \(sampling.topK)") }
        if sampling.minP != usual.minP { parts.append("min-p \(number(sampling.minP))") }
        let penalties = [sampling.repetitionPenalty - 1, sampling.frequencyPenalty, sampling.presencePenalty]
        if penalties.contains(where: { $0 != 0 }) { parts.append(look.say("penalties", "惩罚")) }
        if let seed = sampling.seed { parts.append(look.say("seed \(seed)", "种子 \(seed)")) }
        parts.append(look.say("max \(settings.maxTokens)", "最多 \(settings.maxTokens)"))
        return parts.joined(separator: " · ")
    }

    /// A text on one line, its line ends visible.
    static func shown(_ text: String) -> String { text.replacing("\n", with: "⏎") }
}
