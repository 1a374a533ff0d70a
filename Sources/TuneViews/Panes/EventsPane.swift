import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// What happened in the followed job, the newest at the bottom.
struct EventsPane: PaneView {
    let events: [JobEvent]
    let look: Look
    let now: Date

    var title: String { look.say("events", "事件") }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let shown = events.suffix(area.height)
        for (row, event) in shown.enumerated() {
            let line = area.row(row).inset(left: 1, right: 1)
            let used =
                surface.write(Figures.time(event.createdAt, now: now, zone: look.zone), in: line, style: look[.muted])
                + 2
            let role: Role =
                switch event.level {
                case .info: .text
                case .warn: .warning
                case .error: .error
                }
            let mark = event.level == .warn ? "! " : event.level == .error ? "✗ " : ""
            surface.write(mark + look.say(event.message), in: line.inset(left: used), style: look[role])
        }
    }
}
