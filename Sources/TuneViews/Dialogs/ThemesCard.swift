import TuneCanvas
import TuneControl

/// The themes; the one under the cursor is on show behind the list.
struct ThemesCard: DialogCard {
    let picker: Looks.Picker
    let look: Look

    static func rows(in area: Rect, count: Int) -> Int { max(1, min(count, area.height - 6)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area, count: picker.names.count)
        let width = min(44, area.width - 4)
        var inner = card(
            look.say("Themes", "主题"), width: width, height: rows + 5, in: area, look: look, on: &surface)
        drawSample(in: inner.takeBottom(2), on: &surface)
        _ = inner.takeBottom(1)
        let list = picker.list
        Rows(
            count: picker.names.count, top: list.window(rows: rows).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            let name = picker.names[index]
            surface.write(index == list.cursor ? "▸ " : "  ", in: place, style: look[.accent])
            surface.write(name, in: place.inset(left: 2, right: 8), style: look[.text])
            let worn = name == picker.before.theme ? look.say("worn", "使用中") : ""
            surface.write(worn, in: place.inset(right: 1), style: look[.muted], alignment: .right)
        }.draw(in: inner, on: &surface)
        return nil
    }

    // MARK: -

    /// Every sign with the colour that goes with it.
    private func drawSample(in area: Rect, on surface: inout Surface) {
        let signs: [(String, Role)] = [
            ("✓ ", .good), (look.say("good", "正常"), .good), ("  ! ", .warning), (look.say("warning", "警告"), .warning),
            ("  ✗ ", .error), (look.say("error", "错误"), .error),
        ]
        var x = area.x
        for (text, role) in signs { x += surface.write(text, at: Point(x: x, y: area.y), style: look[role]) }
        x = area.x
        let lines: [(String, Role)] = [
            ("━━ ", .chartLoss), ("╌╌ ", .chartValidation), ("⠤⠒ ", .chartAccuracy),
            (look.say("muted ", "次要 "), .muted),
            (look.say("strong", "强调"), .strong),
        ]
        for (text, role) in lines { x += surface.write(text, at: Point(x: x, y: area.y + 1), style: look[role]) }
    }
}
