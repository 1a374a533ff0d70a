import TuneCanvas
import TuneControl
import TuneModel

/// The question, and what is put around it.
struct PromptPane: PaneView {
    let ask: Ask.State
    let look: Look

    var title: String {
        let prompt = look.say("prompt", "提问")
        guard let hints = ask.hints else {
            return ask.model == nil ? prompt : prompt + look.say(" · as a chat", " · 以对话形式")
        }
        if hints.isChat { return prompt + look.say(" · as a chat", " · 以对话形式") }
        let name = hints.dataset.split(separator: "/").last.map(String.init) ?? hints.dataset
        var parts: [String] = []
        if !hints.separator.isEmpty {
            parts.append(look.say("separator “\(shown(hints.separator))”", "分隔符“\(shown(hints.separator))”"))
        }
        if !hints.stop.isEmpty { parts.append(look.say("stop “\(shown(hints.stop))”", "停止于“\(shown(hints.stop))”")) }
        guard !parts.isEmpty else { return prompt }
        let joined = parts.joined(separator: look.say(" and ", "，"))
        return prompt + " · " + look.say("\(joined) from \(name)", "\(joined)（来自 \(name)）")
    }

    var trailing: String {
        look.say(
            "temp \(ask.sampling.temperature) · max \(ask.maxTokens)",
            "温度 \(ask.sampling.temperature) · 最多 \(ask.maxTokens)")
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

    private var box: TextField {
        ask.prompt.field(
            look, style: look[.text], isActive: ask.isTyping,
            placeholder: look.say("What is a kludge?", "在这里输入问题"))
    }

    private func shown(_ text: String) -> String { text.replacing("\n", with: "⏎") }
}
