import TuneCanvas
import TuneControl

/// A message to the person: what happened and why, and below it what to do.
struct NoticeBar: Drawable {
    let notice: Notices.Notice
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let isFailure = notice.level == .failure
        let mark = isFailure ? "✗ " : "✓ "
        let text = area.inset(left: 1, right: 1)
        let used = surface.write(mark, in: text, style: look[isFailure ? .error : .good])
        let dismiss = isFailure ? look.say("esc dismiss · F12 log", "esc 关闭 · F12 日志") : ""
        let room = text.inset(left: used, right: dismiss.isEmpty ? 0 : surface.measure.columns(of: dismiss) + 2)
        surface.write(look.say(notice.what), in: room, style: look[.text])
        surface.write(dismiss, in: text, style: look[.muted], alignment: .right)
        guard area.height > 1, let next = notice.next else { return }
        surface.write(
            look.say(next), in: Rect(x: room.x, y: area.y + 1, width: text.endX - room.x, height: 1),
            style: look[.muted])
    }
}
