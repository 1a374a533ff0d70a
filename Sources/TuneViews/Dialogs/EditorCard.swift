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
            var box = field.buffer.field(
                look, style: look[isActive ? .text : .muted], isActive: isActive,
                placeholder: isActive ? "" : look.say("(empty)", "（空）"))
            box.showsScroll = true
            surface.clipped(to: place.text.inset(right: -1)) { box.draw(in: place.text, on: &$0) }
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
        case .insert(let path, _):
            return look.say("New record for \(name(path))", "为 \(name(path)) 新增记录")
        case .append(let paths, let chosen):
            return look.say("New record for \(name(paths[chosen]))", "为 \(name(paths[chosen])) 新增记录")
        }
    }

    private var trailing: String {
        if editor.isSaving { return look.say("saving …", "正在保存…") }
        var facts = [size]
        if let tokens = editor.tokens, !editor.isChanged {
            facts.append(look.say("\(Figures.count(tokens.all)) tokens", "\(Figures.count(tokens.all)) 个词元"))
        }
        if editor.isChanged { facts.append(changes) }
        return facts.joined(separator: " · ")
    }

    /// Letters of the field that is edited; of a large one the bytes, since counting would take longer than a key.
    private var size: String {
        let buffer = editor.fields[editor.active].buffer
        if let selection = buffer.selection, selection.count < Self.most {
            let count = Figures.count(buffer.selectedText.count)
            return look.say("\(count) selected", "已选 \(count) 字")
        }
        guard buffer.count < Self.most else { return Figures.bytes(Int64(buffer.count)) }
        let count = Figures.count(buffer.text.count)
        return look.say("\(count) characters", "\(count) 字")
    }

    private static let most = 100_000

    private var changes: String {
        guard editor.original != nil, let changed = editor.changedFields else {
            return look.say("not saved yet", "尚未保存")
        }
        let names = changed.map { look.say($0.caption) }.joined(separator: look.say(", ", "、"))
        return look.say("changed: \(names)", "已改：\(names)")
    }

    private func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
