import TuneCanvas
import TuneControl

/// A list of things to do next.
struct ChoiceCard: DialogCard {
    let choice: Choice.State
    let look: Look

    static func rows(in area: Rect, count: Int) -> Int { max(1, min(count, area.height - 6)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area, count: choice.items.count)
        let width = min(78, area.width - 4)
        let reason = choice.reason.map { look.say($0) } ?? ""
        let wrap = TextWrap(width: width - 4, measure: surface.measure)
        let reasonRows = reason.isEmpty ? 0 : wrap.lines(of: reason).count + 1
        var inner = card(
            look.say(choice.title), width: width, height: rows + 2 + reasonRows, in: area, look: look, on: &surface)
        if !reason.isEmpty { _ = inner.takeTop(surface.writeWrapped(reason, in: inner, style: look[.muted]) + 1) }
        let titles = choice.items.map { surface.measure.columns(of: look.say($0.title)) }.max() ?? 0
        let list = choice.list
        Rows(
            count: choice.items.count, top: list.window(rows: rows).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            let item = choice.items[index]
            surface.write(index == list.cursor ? "▸ " : "  ", in: place, style: look[.accent])
            surface.write(look.say(item.title), in: place.inset(left: 2), style: look[.text])
            surface.write(look.say(item.detail), in: place.inset(left: titles + 5, right: 1), style: look[.muted])
        }.draw(in: inner, on: &surface)
        return nil
    }
}
