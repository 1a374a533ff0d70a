import TuneCanvas
import TuneControl

/// The keys that count here, from the table that dispatch reads.
struct HelpCard: DialogCard {
    let state: Deck.State
    let keys: KeyTable
    let top: Int
    let look: Look

    private enum Line {
        case heading(String)
        case key(String, String)
        case blank
    }

    static func rows(in area: Rect) -> Int { max(1, area.height - 4) }

    /// How far it can be scrolled in an area.
    func lastTop(in area: Rect) -> Int { max(0, lines.count - Self.rows(in: area)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area)
        let lines = lines
        let title = look.say("Keys", "按键")
        var inner = card(
            title, width: 76, height: min(lines.count, rows) + 2, in: area, look: look, on: &surface)
        let top = min(top, lastTop(in: area))
        if lines.count > rows {
            let edge = Rect(x: inner.endX, y: inner.y, width: 1, height: inner.height)
            ScrollMark(top: top, visible: rows, count: lines.count, style: look[.muted]).draw(in: edge, on: &surface)
        }
        for line in lines.dropFirst(top).prefix(rows) {
            let row = inner.takeTop(1)
            switch line {
            case .heading(let text): surface.write(text, in: row, style: look[.accent])
            case .key(let keys, let text):
                surface.write(keys, in: Rect(x: row.x + 2, y: row.y, width: 17, height: 1), style: look[.key])
                surface.write(text, in: row.inset(left: 20), style: look[.text])
            case .blank: break
            }
        }
        return nil
    }

    // MARK: -

    private var lines: [Line] {
        var below = state
        while case .help? = below.dialogs.last { below.dialogs.removeLast() }
        var lines: [Line] = []
        for scope in below.scopes {
            let bindings = keys.bindings(in: scope)
            guard !bindings.isEmpty else { continue }
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(look.say(scope.title)))
            lines += bindings.map { .key($0.labels, look.say($0.command.title)) }
        }
        if below.focusedText != nil {
            lines += [.blank, .heading(look.say("Typing", "输入文字"))]
            lines += TextKeys.table.map { .key($0.labels, look.say($0.title)) }
        }
        return lines
    }
}
