import TuneCanvas
import TuneControl

/// The open datasets and how many records each has.
struct DatasetsPane: PaneView {
    let browse: Browse.State
    let isFocused: Bool
    let look: Look

    var title: String { look.say("Datasets", "数据集") }

    func draw(in area: Rect, on surface: inout Surface) {
        let list = browse.list
        let rows = Rows(
            count: browse.sheets.count, top: list.window(rows: area.height).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: isFocused), style: look[.background], markStyle: look[.border]
        ) { index, place, surface in
            let facts = browse.sheets[index].facts
            let count = Figures.count(facts.records)
            let columns = surface.measure.columns(of: count)
            surface.write(index == list.cursor ? "▸" : " ", in: place, style: look[.accent])
            surface.write(facts.name, in: place.inset(left: 1, right: columns + 2), style: look[.text])
            surface.write(count, in: place.inset(right: 1), style: look[.muted], alignment: .right)
        }
        rows.draw(in: area, on: &surface)
    }
}
