import TuneCanvas
import TuneControl
import TuneModel

/// Edits the fields of one record.
struct EditorCard: DialogCard {
    let editor: Editor.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let captions = EditorLayout.captionWidth(editor, look: look)
        let layout = EditorLayout(editor: editor, in: area, captionWidth: captions, measure: surface.measure)
        surface.box(
            layout.frame, title: title, trailing: trailing, style: look[.borderFocused],
            titleStyle: look[.titleFocused], fill: look[.background])
        var caret: Point?
        for place in layout.places {
            let field = editor.fields[place.field]
            let isActive = place.field == editor.active
            surface.write(
                look.say(field.caption), in: place.caption, style: look[isActive ? .accent : .muted], overflow: .cut)
            let box = field.buffer.box(
                style: look[isActive ? .text : .muted], isActive: isActive,
                placeholder: isActive ? "" : look.say("(empty)", "（空）"), placeholderStyle: look[.muted])
            surface.clipped(to: place.text) { box.draw(in: place.text, on: &$0) }
            if isActive { caret = box.caretPoint(in: place.text, measure: surface.measure) }
        }
        return caret
    }

    // MARK: -

    private var title: String {
        switch editor.target {
        case .replace(let path, let row):
            let number = Figures.count(row + 1)
            return look.say("Edit record \(number) of \(name(path))", "编辑 \(name(path)) 的第 \(number) 条记录")
        case .append(let paths, let chosen):
            return look.say("New record for \(name(paths[chosen]))", "为 \(name(paths[chosen])) 新增记录")
        }
    }

    private var trailing: String {
        if editor.isSaving { return look.say("saving …", "正在保存…") }
        return editor.isChanged ? look.say("not saved yet", "尚未保存") : ""
    }

    private func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
