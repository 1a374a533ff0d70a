import TuneCanvas
import TuneControl
import TuneModel

/// The whole record under the cursor.
struct RecordPane: PaneView {
    let sheet: Browse.Sheet?
    let showsWhitespace: Bool
    let look: Look

    var title: String {
        guard let sheet, sheet.list.selected != nil else { return look.say("record", "记录") }
        let row = sheet.row
        return look.say("record \(Figures.count(row + 1))", "记录 \(Figures.count(row + 1))")
    }

    var trailing: String {
        guard case .record(let record)? = sheet?.selected else { return "" }
        let length = Figures.count(RecordTexts(record, look: look).length)
        let whitespace =
            showsWhitespace
            ? look.say("w hide whitespace", "w 隐藏空白符") : look.say("w show whitespace", "w 显示空白符")
        return look.say("\(length) characters", "\(length) 字") + " · " + whitespace
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        switch sheet?.selected {
        case .record(let record)?: draw(record, in: area, on: &surface)
        case .broken(let text, let why)?:
            var rest = area.inset(left: 1, right: 1)
            _ = rest.takeTop(surface.writeWrapped(look.say(why), in: rest, style: look[.error]))
            surface.writeWrapped(text, in: rest, style: look[.muted])
        case nil: break
        }
    }

    // MARK: -

    private func draw(_ record: Record, in area: Rect, on surface: inout Surface) {
        let parts = RecordTexts(record, look: look).parts
        let captions = parts.map { surface.measure.columns(of: $0.caption) }.max() ?? 0
        var rest = area.inset(left: 1, right: 1)
        for part in parts where !rest.isEmpty {
            let text = rest.inset(left: captions + 2)
            surface.write(part.caption, in: rest.row(0), style: look[.muted], overflow: .cut)
            let used =
                showsWhitespace
                ? writeRevealed(part.text, in: text, on: &surface)
                : surface.writeWrapped(part.text, in: text, style: look[.text])
            _ = rest.takeTop(max(1, used))
        }
    }

    /// Every space takes a place here, so that none is lost where a line breaks.
    private func writeRevealed(_ text: String, in area: Rect, on surface: inout Surface) -> Int {
        let lines = EditLines(RecordTexts.revealed(text), width: area.width + 1, measure: surface.measure)
        let shown = RecordTexts.revealed(text)
        let marks = Set<Character>("·⏎␍⇥")
        for (row, range) in lines.lines.prefix(area.height).enumerated() {
            var x = area.x
            for character in shown[range] {
                let style = look[marks.contains(character) ? .mark : .text]
                x += surface.write(String(character), at: Point(x: x, y: area.y + row), style: style)
            }
        }
        return min(lines.lines.count, area.height)
    }
}
