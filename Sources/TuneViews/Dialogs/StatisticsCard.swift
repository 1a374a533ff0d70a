import TuneCanvas
import TuneControl
import TuneModel

/// What a dataset is made of: counts, lengths, languages.
struct StatisticsCard: DialogCard {
    let statistics: Statistics.State
    let look: Look

    static func rows(in area: Rect) -> Int { max(1, area.height - 4) }

    /// The topmost row when scrolled to the end.
    func lastTop(in area: Rect) -> Int { max(0, sheet.rows.count - Self.rows(in: area)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let inner = card(
            look.say("Statistics", "统计") + " · " + name, width: 90, height: area.height - 2, in: area, look: look,
            on: &surface)
        switch statistics.found {
        case .counting(let share):
            let text = look.say("counting … ", "正在统计… ") + Figures.percent(share)
            surface.write(text, in: inner.row(0), style: look[.muted])
            Gauge(share, style: look[.accent], trackStyle: look[.border]).draw(in: inner.row(1), on: &surface)
        case .failed(let why): surface.writeWrapped("✗ " + why.text(in: look.language), in: inner, style: look[.error])
        case .done:
            let rows = sheet.rows
            let top = min(statistics.top, max(0, rows.count - inner.height))
            for (line, row) in rows.dropFirst(top).prefix(inner.height).enumerated() {
                row.draw(in: inner.row(line).inset(right: 1), look, on: &surface)
            }
            ScrollMark(top: top, visible: inner.height, count: rows.count, style: look[.muted])
                .draw(in: Rect(x: inner.endX - 1, y: inner.y, width: 1, height: inner.height), on: &surface)
        }
        return nil
    }

    // MARK: -

    private var name: String { statistics.path.split(separator: "/").last.map(String.init) ?? statistics.path }

    private var sheet: StatisticsSheet {
        guard case .done(let found) = statistics.found else { return StatisticsSheet(rows: []) }
        return StatisticsSheet(of: found, look: look)
    }
}
