import TuneCanvas
import TuneControl

/// Every command by name, with its key and the command line that does the same.
struct PaletteCard: DialogCard {
    let palette: Palette.State
    let keys: KeyTable
    /// Where the chosen command would be given.
    let scopes: [Scope]
    let look: Look

    static func rows(in area: Rect) -> Int { max(1, min(16, area.height - 5)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area)
        var inner = card(
            look.say("Commands", "命令"), width: 84, height: rows + 4, in: area, look: look, on: &surface)
        let field = inner.takeTop(1)
        _ = inner.takeTop(1)
        surface.fill(field, style: look[.field])
        let box = palette.filter.field(
            look, style: look[.field], isActive: true,
            placeholder: look.say("a few letters of a command", "输入命令的几个字"))
        box.draw(in: field, on: &surface)
        if palette.commands.isEmpty {
            surface.write(look.say("no command fits", "没有匹配的命令"), in: inner.row(0), style: look[.muted])
        }
        let list = palette.list
        Rows(
            count: palette.commands.count, top: list.window(rows: inner.height).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            let command = palette.commands[index]
            let columns = place.split(.horizontal, .fixed(2), .rest, .fixed(10), .fixed(28), gap: 0)
            surface.write(index == list.cursor ? "▸" : "", in: columns[0], style: look[.accent])
            let isPossible = palette.isPossible(command)
            surface.write(
                look.say(command.title), in: columns[1].inset(right: 1), style: look[isPossible ? .text : .muted])
            surface.write(keys.binding(of: command, in: scopes)?.label ?? "", in: columns[2], style: look[.key])
            let home = isPossible ? nil : keys.binding(of: command, in: scopes).map { homeName($0.scope) }
            surface.write(home ?? command.shell ?? "", in: columns[3], style: look[.muted])
        }.draw(in: inner, on: &surface)
        return box.caretPoint(in: field, measure: surface.measure)
    }

    // MARK: -

    /// Where a command that cannot be given now belongs.
    private func homeName(_ scope: Scope) -> String {
        look.say("not now: ", "现在不可用：") + look.say(scope.title)
    }
}
