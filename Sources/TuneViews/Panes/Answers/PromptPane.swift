import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The question, and what is put around it.
struct PromptPane: PaneView {
    let ask: Ask.State
    /// Without the room for where separator and stop come from.
    var isNarrow = false
    let look: Look

    var title: String {
        switch ask.writing {
        case .system: return look.say("system prompt", "系统提示")
        case .revision: return look.say("last question, to be asked anew", "修改上一个问题")
        case .question: break
        }
        let prompt = look.say("prompt", "提问")
        guard ask.model != nil else { return prompt }
        if ask.isChat { return prompt + look.say(" · as a chat", " · 以对话形式") }
        let (separator, stops) = (ask.settings.separator(ask.hints), ask.settings.stops(ask.hints))
        var parts: [String] = []
        if !separator.isEmpty {
            let shown = AnswerWords.shown(separator)
            parts.append(look.say("separator “\(shown)”", "分隔符“\(shown)”"))
        }
        if !stops.isEmpty {
            let english = stops.map { "“\(AnswerWords.shown($0))”" }.joined(separator: ", ")
            let chinese = stops.map { "“\(AnswerWords.shown($0))”" }.joined(separator: "、")
            parts.append(look.say("stop \(english)", "停止于\(chinese)"))
        }
        guard !parts.isEmpty else { return prompt + look.say(" · as a text", " · 续写") }
        let joined = parts.joined(separator: look.say(" and ", "，"))
        return prompt + " · " + look.say(joined + source.english, joined + source.chinese)
    }

    var trailing: String {
        switch ask.writing {
        case .question: AnswerWords.settings(ask.settings, look)
        case .revision: ""
        case .system: look.say("stands before every conversation", "位于每次对话之前")
        }
    }

    func caret(in area: Rect, measure: GlyphWidth) -> Point? {
        box.caretPoint(in: Self.textArea(area), measure: measure)
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        box.draw(in: Self.textArea(area), on: &surface)
    }

    /// Where the prompt stands in the pane.
    static func textArea(_ area: Rect) -> Rect { area.inset(left: 1, right: 1) }

    // MARK: -

    /// Where separator and stop come from, unless a person has set them.
    private var source: Wording {
        guard !isNarrow, let hints = ask.hints, ask.settings.separator == nil, ask.settings.stop == nil else {
            return Wording("", "")
        }
        let name = hints.dataset.split(separator: "/").last.map(String.init) ?? hints.dataset
        return Wording(" from \(name)", "（来自 \(name)）")
    }

    private var box: TextField {
        let placeholder =
            ask.writing == .system
            ? look.say("You answer in one short sentence.", "请用一句话简短回答。")
            : ask.isConversation
                ? look.say("Enter goes on with the conversation.", "按回车继续对话。")
                : look.say("What is a kludge?", "在这里输入问题")
        return ask.prompt.field(look, style: look[.text], isActive: ask.isTyping, placeholder: placeholder)
    }
}

/// The prompt that several models get.
struct ComparePromptPane: PaneView {
    let compare: Compare.State
    let settings: AnswerSettings
    let look: Look

    var title: String {
        let prompt = look.say("prompt", "提问") + form
        guard let source = compare.source else { return prompt }
        let (name, number) = (RecordSource.name(source), Figures.count(source.row + 1))
        return prompt + look.say(" · record \(number) of \(name)", " · \(name) 的第 \(number) 条记录")
    }

    var trailing: String { AnswerWords.settings(settings, look) }

    /// How all of them are asked, where it is not as each has learned.
    private var form: String {
        switch settings.form {
        case .automatic: ""
        case .chat: look.say(" · as a chat", " · 以对话形式")
        case .text: look.say(" · as a text", " · 续写")
        }
    }

    func caret(in area: Rect, measure: GlyphWidth) -> Point? {
        box.caretPoint(in: PromptPane.textArea(area), measure: measure)
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        box.draw(in: PromptPane.textArea(area), on: &surface)
    }

    // MARK: -

    private var box: TextField {
        compare.prompt.field(
            look, style: look[.text], isActive: compare.isTyping,
            placeholder: look.say(
                "A prompt for all of them; Ctrl-N takes the next record of the dataset.",
                "给所有模型的问题；按 Ctrl-N 取数据集的下一条记录。"))
    }
}

/// What the record answers that the prompt comes from.
struct ExpectedPane: PaneView {
    let source: Compare.Source?
    let look: Look

    var title: String { look.say("expected", "参考答案") }
    var trailing: String { source.map(RecordSource.name) ?? "" }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let text = source?.expected.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        let shown = text.isEmpty ? look.say("The record has no answer.", "该记录没有回答。") : text
        surface.writeWrapped(shown, in: area.inset(left: 1, right: 1), style: look[text.isEmpty ? .muted : .text])
    }
}

private enum RecordSource {
    static func name(_ source: Compare.Source) -> String {
        source.path.split(separator: "/").last.map(String.init) ?? source.path
    }
}
