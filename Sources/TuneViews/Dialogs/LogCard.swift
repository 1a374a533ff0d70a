import Foundation
import TuneCanvas
import TuneControl

/// Every message of this session, and what the one under the cursor advises.
struct LogCard: DialogCard {
    let log: [Notices.Notice]
    let list: ListState
    let look: Look
    let now: Date

    static func rows(in area: Rect) -> Int { max(1, area.height - 7) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        var inner = card(
            look.say("Messages", "消息"), width: 104, height: area.height - 1, in: area, look: look, on: &surface)
        guard !log.isEmpty else {
            surface.write(look.say("Nothing has been said yet.", "还没有消息。"), in: inner, style: look[.muted])
            return nil
        }
        let detail = inner.takeBottom(4)
        Rows(
            count: log.count, top: list.window(rows: inner.height).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            let notice = log[index]
            let used =
                surface.write(Figures.time(notice.at, now: now, zone: look.zone), in: place, style: look[.muted]) + 1
            let isFailure = notice.level == .failure
            surface.write(isFailure ? "✗" : "✓", in: place.inset(left: used), style: look[isFailure ? .error : .good])
            surface.write(look.say(notice.what), in: place.inset(left: used + 2), style: look[.text])
        }.draw(in: inner, on: &surface)
        guard let index = list.selected else { return nil }
        let text = look.say(log[index].what) + (log[index].next.map { " " + look.say($0) } ?? "")
        surface.writeWrapped(text, in: detail.inset(top: 1), style: look[.muted])
        return nil
    }
}
