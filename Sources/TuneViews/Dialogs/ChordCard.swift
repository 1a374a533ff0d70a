import TuneCanvas
import TuneControl

/// What can follow the keys that were pressed, above the footer at the right.
struct ChordCard {
    let pressed: [Key]
    let keys: KeyTable
    let state: Deck.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) {
        let next = keys.continuations(of: pressed, in: state.scopes).filter { state.allows($0.command) }
        guard !next.isEmpty, area.height > 4 else { return }
        let rows = next.prefix(area.height - 2)
        let labels = rows.map { Binding.label(of: $0.keys) }
        let titles = rows.map { look.say($0.command.title) }
        let keyColumns = labels.map { surface.measure.columns(of: $0) }.max() ?? 1
        let titleColumns = titles.map { surface.measure.columns(of: $0) }.max() ?? 1
        let width = min(area.width - 2, max(24, keyColumns + titleColumns + 7))
        let frame = Rect(
            x: area.endX - width - 1, y: area.endY - rows.count - 2, width: width, height: rows.count + 2)
        let title = Binding.label(of: pressed) + " …"
        var inner = surface.box(
            frame, title: title, trailing: "", style: look[.borderFocused], titleStyle: look[.titleFocused],
            fill: look[.background]
        ).inset(left: 1, right: 1)
        for (label, title) in zip(labels, titles) {
            let row = inner.takeTop(1)
            surface.write(label, in: row, style: look[.key])
            surface.write(title, in: row.inset(left: keyColumns + 2), style: look[.text])
        }
    }
}
