import TuneCanvas
import TuneModel

/// What the course of the followed job means, in plain words.
struct MeaningPane: PaneView {
    let lines: [Wording]
    let look: Look

    var title: String { look.say("what it means", "含义") }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        var rest = area.inset(left: 1, right: 1)
        for line in lines where !rest.isEmpty {
            _ = rest.takeTop(surface.writeWrapped(look.say(line), in: rest, style: look[.text]))
        }
    }
}
