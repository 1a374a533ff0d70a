import TuneCanvas
import TuneControl

/// A question before something that cannot be taken back.
struct ConfirmCard: DialogCard {
    let confirm: Confirm.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let width = min(64, area.width - 4)
        let wrap = TextWrap(width: width - 4, measure: surface.measure)
        let lines =
            wrap.lines(of: look.say(confirm.question)).count
            + wrap.lines(of: look.say(confirm.consequence)).count
        var inner = card("", width: width, height: lines + 4, in: area, look: look, on: &surface)
        _ = inner.takeTop(surface.writeWrapped(look.say(confirm.question), in: inner, style: look[.strong]))
        _ = inner.takeTop(surface.writeWrapped(look.say(confirm.consequence), in: inner, style: look[.text]) + 1)
        var x = inner.x
        for (key, word) in [("y", look.say("yes", "是")), ("n", look.say("no", "否"))] {
            x += surface.write(key, at: Point(x: x, y: inner.y), style: look[.key]) + 1
            x += surface.write(word, at: Point(x: x, y: inner.y), style: look[.text]) + 3
        }
        return nil
    }
}
