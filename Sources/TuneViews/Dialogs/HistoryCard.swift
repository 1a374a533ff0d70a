import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The answers of earlier days, one in each row, and the one under the cursor in full below.
struct HistoryCard: DialogCard {
    let history: History.State
    let look: Look
    let now: Date

    /// Rows of the list.
    static func rows(in area: Rect) -> Int { max(1, (area.height - 5) / 2) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area)
        var inner = card(
            look.say("Earlier answers", "历史回答"), trailing: count, width: area.width, height: area.height, in: area,
            look: look, on: &surface)
        let field = inner.takeTop(1)
        let caption = look.say("find: ", "查找：")
        let used = surface.write(caption, in: field, style: look[history.isTyping ? .accent : .muted])
        let place = field.inset(left: used)
        let box = history.words.field(
            look, style: look[history.isTyping ? .field : .text], isActive: history.isTyping,
            placeholder: look.say("/ looks for words in questions, answers and models", "按 / 在问题、回答和模型名中查找"))
        box.draw(in: place, on: &surface)
        let list = inner.takeTop(rows)
        drawList(in: list, on: &surface)
        let rule = inner.takeTop(1)
        surface.rule(rule.inset(left: -2, right: -2), title: detailTitle, style: look[.borderFocused])
        drawDetail(in: inner, on: &surface)
        return box.caretPoint(in: place, measure: surface.measure)
    }

    // MARK: -

    private var count: String {
        guard history.isLoaded else { return "" }
        let all = history.answers.count
        return look.say("\(all) \(all == 1 ? "answer" : "answers")", "\(all) 个回答")
    }

    private func drawList(in area: Rect, on surface: inout Surface) {
        guard !history.answers.isEmpty else {
            let text =
                !history.isLoaded
                ? look.say("Reading …", "正在读取…")
                : history.words.isEmpty
                    ? look.say("Nothing was asked yet. What you ask is kept here.", "还没有提过问。您提的问题会保存在这里。")
                    : look.say("Nothing has these words. Esc shows all.", "没有符合的内容。按 Esc 显示全部。")
            surface.writeWrapped(text, in: area, style: look[.muted])
            return
        }
        let list = history.list
        let names = min(24, area.width / 4)
        Rows(
            count: history.answers.count, top: list.window(rows: area.height).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, row, surface in
            let answer = history.answers[index]
            surface.write(index == list.cursor ? "▸" : " ", in: row, style: look[.accent])
            var rest = row.inset(left: 2, right: 1)
            let time = Figures.time(answer.createdAt, now: now, zone: look.zone)
            surface.write(time, in: rest.takeLeft(6), style: look[.muted])
            surface.write(
                Figures.model(answer.model), in: rest.takeRight(names), style: look[.muted], alignment: .right)
            rest = rest.inset(right: 1)
            let asked = surface.write(
                RecordTexts.oneLine(answer.prompt), in: Rect(x: rest.x, y: rest.y, width: rest.width / 2, height: 1),
                style: look[.text])
            surface.write(RecordTexts.oneLine(answer.answer), in: rest.inset(left: asked + 2), style: look[.muted])
        }.draw(in: area, on: &surface)
    }

    private var detailTitle: String {
        guard let answer = history.selected else { return "" }
        guard let request = answer.request else { return answer.model }
        var settings = AnswerSettings()
        settings.sampling = request.sampling
        settings.maxTokens = request.maxTokens
        return answer.model + " · " + AnswerWords.settings(settings, look)
    }

    private func drawDetail(in area: Rect, on surface: inout Surface) {
        guard let answer = history.selected else { return }
        var rest = area
        surface.write("❯ ", in: rest, style: look[.accent])
        let used = surface.writeWrapped(
            answer.prompt, in: Rect(x: rest.x + 2, y: rest.y, width: rest.width - 2, height: max(1, rest.height / 2)),
            style: look[.strong])
        _ = rest.takeTop(used)
        let text = answer.answer.trimmedStart
        surface.writeWrapped(
            text.isEmpty ? look.say("(no word)", "（没有内容）") : text, in: rest,
            style: look[text.isEmpty ? .muted : .text])
    }
}
