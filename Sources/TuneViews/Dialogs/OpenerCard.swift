import TuneCanvas
import TuneControl

/// Asks for a file, with the names that fit below the field.
struct OpenerCard: DialogCard {
    let opener: Opener.State
    let look: Look

    static func rows(in area: Rect) -> Int { max(1, min(14, area.height - 5)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area)
        var inner = card(
            look.say("Open a file", "打开文件"), width: 78, height: rows + 4, in: area, look: look, on: &surface)
        let field = inner.takeTop(1)
        _ = inner.takeTop(1)
        surface.fill(field, style: look[.field])
        let box = opener.path.field(
            look, style: look[.field], isActive: true,
            placeholder: look.say("path of a .jsonl file", ".jsonl 文件路径"))
        box.draw(in: field, on: &surface)
        if opener.completions.isEmpty {
            let text =
                opener.isOpening
                ? look.say("opening …", "正在打开…") : look.say("no such name", "没有匹配的名称")
            surface.write(text, in: inner.row(0), style: look[.muted])
        } else {
            let list = opener.list
            Rows(
                count: opener.completions.count, top: list.window(rows: inner.height).lowerBound,
                cursor: list.selected, cursorStyle: look.cursor(focused: true), style: look[.background],
                markStyle: look[.border]
            ) { index, place, surface in
                let name = opener.completions[index]
                surface.write(index == list.cursor ? "▸ " : "  ", in: place, style: look[.accent])
                surface.write(
                    name, in: place.inset(left: 2), style: look[name.hasSuffix("/") ? .muted : .text],
                    overflow: .leadingEllipsis)
            }.draw(in: inner, on: &surface)
        }
        return box.caretPoint(in: field, measure: surface.measure)
    }
}
