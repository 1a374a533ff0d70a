import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// What could have stood in the place of one token of an answer, and how likely each was.
struct OddsPane: PaneView {
    let token: ChosenToken
    /// From 0.
    let place: Int
    let count: Int
    let look: Look

    var title: String {
        let text = Self.quoted(token.chosen.text)
        return look.say("token \(place + 1) of \(count) · \(text)", "第 \(place + 1) 个词元，共 \(count) 个 · \(text)")
    }

    var trailing: String { Self.percent(token.chosen.probability) }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let inside = area.inset(left: 1, right: 1)
        let shown = chances(atMost: inside.height)
        let bars = Bars(
            shown.map { chance in
                let sign = chance.id == token.chosen.id ? "▸ " : ""
                return Bars.Bar(
                    sign + Self.quoted(chance.text), chance.probability, figure: Self.percent(chance.probability))
            }, most: 1, style: look[.chartAccuracy], labelStyle: look[.text], figureStyle: look[.muted])
        bars.draw(in: inside, on: &surface)
        guard let row = shown.firstIndex(where: { $0.id == token.chosen.id }) else { return }
        let accent = look[.accent]
        surface.restyle(inside.row(row)) { $0.foreground = accent.foreground }
    }

    // MARK: -

    /// The likeliest first; the chosen one is always there, in the last row where it is none of the likeliest.
    private func chances(atMost rows: Int) -> [ChosenToken.Chance] {
        let likeliest = token.alternatives.prefix(rows)
        if likeliest.contains(where: { $0.id == token.chosen.id }) { return Array(likeliest) }
        return likeliest.prefix(max(0, rows - 1)) + [token.chosen]
    }

    /// With its spaces and line ends in sight.
    private static func quoted(_ text: String) -> String {
        let shown = text.map { character -> String in
            switch character {
            case " ": "·"
            case "\n": "⏎"
            case "\r\n": "␍⏎"
            case "\t": "⇥"
            default: String(character)
            }
        }.joined()
        return "“\(shown)”"
    }

    /// `7 %`, and with a digit more where that says something: `0.4 %`.
    private static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        if share >= 0.995 { return share >= 1 ? "100 %" : "99+ %" }
        if share >= 0.1 { return "\(Int((share * 100).rounded())) %" }
        return share < 0.0005 ? "<0.1 %" : String(format: "%.1f %%", share * 100)
    }
}
