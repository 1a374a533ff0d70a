import TuneCanvas
import TuneControl
import TuneModel

/// The first row: where one is, and what is running.
struct Header: Drawable {
    let state: Deck.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.header])
        var x = area.x + 1
        if area.width >= DeckLayout.wide {
            x += surface.write(Self.name, at: Point(x: x, y: area.y), style: look[.header].with(.bold)) + 2
        }
        for (tab, place) in Self.places(in: area, language: look.language, measure: surface.measure) {
            let style = look[tab == state.tab ? .tabChosen : .tab]
            surface.write(Self.label(of: tab, look.language), at: place.origin, style: style, overflow: .cut)
            x = place.endX + 2
        }
        drawWork(in: Rect(x: x + 1, y: area.y, width: area.endX - x - 2, height: 1), on: &surface)
    }

    /// Where each screen's name stands, for the eye and for the mouse.
    static func places(
        in area: Rect, language: Language, measure: GlyphWidth = .standard
    ) -> [(tab: Tab, place: Rect)] {
        var x = area.x + 1 + (area.width >= DeckLayout.wide ? measure.columns(of: name) + 2 : 0)
        return Tab.allCases.map { tab in
            let width = measure.columns(of: label(of: tab, language))
            defer { x += width + 2 }
            return (tab, Rect(x: x, y: area.y, width: width, height: 1))
        }
    }

    private static let name = "TuneDeck"

    private static func label(of tab: Tab, _ language: Language) -> String {
        "\((Tab.allCases.firstIndex(of: tab) ?? 0) + 1) \(tab.title[language])"
    }

    // MARK: -

    private static let shortestBar = 4
    /// Columns for a service's name and a bar.
    private static let roomForBoth = 24

    /// The running job, or the base model on its way here: name, bar, share and what is left, as far as there is room.
    private func drawWork(in area: Rect, on surface: inout Surface) {
        let service = state.services.current?.text
        guard area.width >= 12, let work = work(at: service) else {
            // Where one works is always told, unless it is here.
            surface.write(service ?? "", in: area, style: look[.header].with(.bold), alignment: .right)
            return
        }
        let percent = Figures.percent(work.share ?? 0)
        if let service, area.width < Self.roomForBoth {
            surface.write(
                "\(service) \(percent)", in: area, style: look[.header].with(.bold), alignment: .right)
            return
        }
        var figures = " " + ([percent] + work.left.map { ["  " + $0] }.joined()).joined()
        // What is left is told only beside the bar, and never over the screens' names.
        if surface.measure.columns(of: figures) + Self.shortestBar > area.width { figures = " " + percent }
        let tail = surface.measure.columns(of: figures)
        let wanted = min(service == nil ? 16 : 28, surface.measure.columns(of: work.name) + 1)
        let bar = min(14, max(Self.shortestBar, area.width - tail - wanted))
        let room = max(0, area.width - tail - bar - 1)
        // A letter or two of a name tell nothing.
        let name = surface.measure.prefix(of: Substring(work.name), fitting: room < min(wanted - 1, 4) ? 0 : room)
        var x = area.endX - tail - bar - name.columns - (name.columns > 0 ? 1 : 0)
        if name.columns > 0 {
            x += surface.write(name.text, at: Point(x: x, y: area.y), style: look[.header].with(.bold)) + 1
        }
        let track = look[.header]
        var filled = look[.accent]
        filled.background = track.background
        Gauge(work.share, style: filled, trackStyle: track)
            .draw(in: Rect(x: x, y: area.y, width: bar, height: 1), on: &surface)
        surface.write(figures, at: Point(x: x + bar, y: area.y), style: look[.header])
    }

    private func work(at service: String?) -> (name: String, share: Double?, left: [String])? {
        work.map { ([service, $0.name].compactMap(\.self).joined(separator: " · "), $0.share, $0.left) }
    }

    private var work: (name: String, share: Double?, left: [String])? {
        if let upload = state.files.upload { return ("↑ " + upload.name, upload.progress?.share, []) }
        if let sending = state.services.sending {
            return ("↑ " + (sending.name ?? sending.title), sending.progress?.share, [])
        }
        if let fetch = state.models.fetch { return (fetch.name, fetch.progress?.share, []) }
        if let running = state.evaluations.running {
            let left = running.progress?.secondsLeft.map {
                [look.say("\(Figures.clock($0)) left", "剩余 \(Figures.clock($0))")]
            }
            return (look.say("evaluation", "评测"), running.progress?.share, left ?? [])
        }
        guard let job = state.jobs.running else { return nil }
        let left = job.latest?.secondsLeft.map {
            [look.say("\(Figures.clock($0)) left", "剩余 \(Figures.clock($0))")]
        }
        return (job.title, job.progress, left ?? [])
    }
}
