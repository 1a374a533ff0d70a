import TuneCanvas
import TuneModel

/// A confusion matrix as a picture: the expected class by row, the answered one by column, each row shaded by its share.
struct ConfusionPicture: Drawable {
    let classes: ClassificationReport
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        var rest = area
        let percent = Measure.accuracy.text
        let facts = [
            look.say("accuracy ", "准确率 ") + percent(classes.accuracy),
            look.say("macro F1 ", "宏平均 F1 ") + percent(classes.macro.f1),
        ]
        surface.write(facts.joined(separator: " · "), in: rest.takeTop(1), style: look[.text])
        let hasStrays = classes.matrix.contains { ($0.last ?? 0) > 0 }
        let names = classes.rows.enumerated().map { "\($0 + 1) \($1.label)" }
        let longest = names.map { surface.measure.columns(of: $0) }.max() ?? 1
        let left = min(longest, max(8, area.width / 3))
        let most = classes.matrix.joined().max() ?? 0
        let cell = max(5, String(most).count + 2)
        let scores = 7
        let room = max(1, (rest.width - left - 1 - scores) / cell)
        let columns = Array((0..<(classes.rows.count + (hasStrays ? 1 : 0))).prefix(room))
        let head = rest.takeTop(1)
        for (place, column) in columns.enumerated() {
            let name = column < classes.rows.count ? "→\(column + 1)" : look.say("none", "无")
            let x = head.x + left + 1 + place * cell
            surface.write(
                name, in: Rect(x: x, y: head.y, width: cell - 1, height: 1), style: look[.muted], alignment: .right)
        }
        surface.write(
            "F1", in: Rect(x: head.x + left + 1 + columns.count * cell, y: head.y, width: scores, height: 1),
            style: look[.muted], alignment: .right)
        for (row, counts) in classes.matrix.enumerated() where !rest.isEmpty {
            let line = rest.takeTop(1)
            let isCut = rest.isEmpty && row < classes.rows.count - 1
            let label = isCut ? "…" : names[row]
            surface.write(label, in: Rect(x: line.x, y: line.y, width: left, height: 1), style: look[.text])
            if isCut { break }
            let whole = max(1, counts.reduce(0, +))
            for (place, column) in columns.enumerated() {
                let box = Rect(x: line.x + left + 1 + place * cell, y: line.y, width: cell - 1, height: 1)
                draw(counts[column], of: whole, isHit: column == row, in: box, on: &surface)
            }
            let x = line.x + left + 1 + columns.count * cell
            surface.write(
                percent(classes.rows[row].f1), in: Rect(x: x, y: line.y, width: scores, height: 1),
                style: look[.muted], alignment: .right)
        }
        guard rest.height > 1 else { return }
        let note = look.say(
            "expected by row, answered by column; c shows the record", "行为期望类别，列为回答的类别；按 c 查看记录")
        surface.writeWrapped(note, in: rest.inset(top: 1), style: look[.muted])
    }

    // MARK: -

    /// A count on a ground that is the denser, the larger its share of the row; hits and misses in colours of their own.
    private func draw(_ count: Int, of whole: Int, isHit: Bool, in box: Rect, on surface: inout Surface) {
        let share = Double(count) / Double(whole)
        let style = look[count == 0 ? .muted : isHit ? .good : .error]
        let text = count == 0 ? "·" : String(count)
        let columns = surface.measure.columns(of: text)
        let shades: [Character] = surface.glyphs != .ascii ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "+", "#"]
        let shade = shades[min(4, Int((share * 4).rounded(.up)))]
        let ground = String(repeating: shade, count: max(0, box.width - columns))
        surface.write(ground + text, in: box, style: style, overflow: .cut)
    }
}
