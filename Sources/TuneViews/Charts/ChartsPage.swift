import TuneCanvas
import TuneControl
import TuneModel

/// The page of charts: as many as there is room for, one under the keys, and below them the values at the crosshair.
struct ChartsPage: DialogCard {
    let state: Deck.State
    let look: Look

    /// A chart needs these to be one, its title included.
    private static let smallest = Size(width: 56, height: 8)

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let charts = state.charts
        var inner = card(
            title, trailing: axes, width: area.width, height: area.height, in: area, look: look, on: &surface)
        let table = ChartTable(state: state, look: look)
        let below = inner.takeBottom(min(table.rows(in: inner.width), inner.height / 3))
        guard charts.whole != nil else {
            surface.write(look.say("reading the steps …", "正在读取各步数据…"), in: inner, style: look[.muted])
            return nil
        }
        let places = places(in: inner)
        for (topic, place) in places { draw(topic, in: place, on: &surface) }
        table.draw(in: below, on: &surface)
        return nil
    }

    // MARK: -

    private var title: String {
        let name = state.chartTitles.first ?? ""
        let others = state.chartTitles.count - 1
        let more = others == 0 ? "" : look.say(" and \(others) marked", " 及 \(others) 个已标记任务")
        return look.say("Charts", "图表") + " · " + name + more
    }

    /// What the axes are set to, so that nobody is misled by a forgotten setting.
    private var axes: String {
        let charts = state.charts
        var parts: [String] = []
        if !charts.window.isWhole, let shown = charts.shown {
            let labels = charts.unit.numbers.labels(of: [shown.lowerBound.rounded(), shown.upperBound.rounded()])
            parts.append(labels.joined(separator: "–") + " " + look.say(charts.unit.name))
        }
        if charts.weight > 0 { parts.append(look.say("smoothed \(charts.weight)", "平滑 \(charts.weight)")) }
        if charts.isLogarithmic { parts.append(look.say("log axis", "对数轴")) }
        return parts.joined(separator: " · ")
    }

    /// The charts that are shown, the one with the keys among them, each with its place.
    private func places(in area: Rect) -> [(ChartTopic, Rect)] {
        let (charts, topics) = (state.charts, state.charts.topics)
        if charts.isAlone { return [(charts.topic, area)] }
        let across = max(1, min(2, area.width / Self.smallest.width))
        let most = max(1, area.height / Self.smallest.height)
        let rows = min(most, (topics.count + across - 1) / across)
        let perPage = rows * across
        let here = topics.firstIndex(of: charts.topic) ?? 0
        let shown = Array(topics.dropFirst(here / perPage * perPage).prefix(perPage))
        let bands = area.split(.vertical, Array(repeating: .rest, count: rows))
        return shown.enumerated().map { index, topic in
            let cells = bands[index / across].split(.horizontal, Array(repeating: .rest, count: across), gap: 2)
            return (topic, cells[index % across])
        }
    }

    private func draw(_ topic: ChartTopic, in place: Rect, on surface: inout Surface) {
        var rest = place
        let heading = rest.takeTop(1)
        let hasKeys = topic == state.charts.topic
        let name = (hasKeys ? "◆ " : "  ") + look.say(topic.name)
        surface.write(name, in: heading, style: look[hasKeys ? .titleFocused : .title])
        TopicChart(topic: topic, charts: state.charts, titles: state.chartTitles, look: look)
            .draw(in: rest, on: &surface)
    }
}
