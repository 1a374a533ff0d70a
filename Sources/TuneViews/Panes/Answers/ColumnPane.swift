import TuneCanvas
import TuneControl
import TuneModel

/// One of the answers that are compared.
struct ColumnPane: PaneView {
    let compare: Compare.State
    /// Its place on the screen.
    let place: Int
    /// How many models there are to choose from.
    let known: Int
    /// Whether it stands alone, though there are others.
    let isAlone: Bool
    let look: Look

    private var answer: AnswerSide? { compare.side(at: place) }

    var title: String {
        guard compare.places > 1 else { return look.say("compare", "对比") }
        var parts: [String] = []
        let number =
            isAlone
            ? look.say("\(place + 1) of \(compare.places)", "\(compare.places) 个中的第 \(place + 1) 个") : "\(place + 1)"
        if let answer {
            parts.append(mark.map { "\(number) \($0)" } ?? number)
            if !compare.isHidden { parts.append(Figures.model(answer.model)) }
        } else {
            if isAlone { parts.append(number) }
            parts.append(Figures.model(compare.models[place]))
        }
        return parts.joined(separator: " · ")
    }

    var trailing: String {
        guard let answer else { return "" }
        guard !compare.isHidden else {
            // How fast it was would give a model away.
            return answer.summary == nil ? AnswerWords.state(of: answer, look) : ""
        }
        var parts = [AnswerWords.state(of: answer, look)]
        if compare.verdict != nil, let line = compare.tally[answer.model], line.votes > 0 {
            parts.append(look.say("won \(line.won) of \(line.votes)", "\(line.votes) 票中胜 \(line.won)"))
        }
        return parts.joined(separator: " · ")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let inside = area.inset(left: 1, right: 1)
        guard answer != nil else {
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

    private var mark: String? {
        switch compare.verdict {
        case .best(place)?: look.say("✓ best", "✓ 最好")
        case .tie? where compare.contenders.contains(place): look.say("= tie", "= 平手")
        case .noneGood? where compare.contenders.contains(place): look.say("✗ not good", "✗ 不好")
        default: nil
        }
    }

    private var tokens: TokenColors? {
        guard let odds = compare.odds, odds.side == place, let answer else { return nil }
        return TokenColors(answer.tokens, chosen: odds.token)
    }

    private func top(_ rows: AnswerRows, height: Int) -> Int {
        rows.top(height: height, wanted: compare.tops[place], isOpen: answer?.isOpen ?? false, byte: tokens?.start)
    }

    private func rows(width: Int, measure: GlyphWidth) -> AnswerRows {
        var rows = AnswerRows(width: width, look: look, measure: measure)
        if let answer { rows.add(answer, isNewest: true) }
        return rows
    }

    private var hint: String {
        if compare.places > 1 {
            return compare.isBlind
                ? look.say(
                    "Type a prompt below and press enter. The names stay hidden until you have voted.",
                    "在下方输入问题，然后按回车。投票之前不显示模型名称。")
                : look.say("Type a prompt below and press enter.", "在下方输入问题，然后按回车。")
        }
        return switch known {
        case 0:
            look.say(
                "There is no model yet. 6 shows the models and fetches the base.", "还没有模型。按 6 查看模型并获取基础模型。")
        case 1:
            look.say(
                "Comparing takes two models, and there is one. Train one from it: open a dataset in 1 and press t.",
                "对比需要两个模型，目前只有一个。可以由它训练出另一个：在第 1 页打开数据集，然后按 t。")
        default: look.say("Esc, then m chooses two to four models.", "按 Esc，再按 m 选择两到四个模型。")
        }
    }
}
