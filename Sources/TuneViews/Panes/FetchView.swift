import TuneCanvas
import TuneControl

/// The base model that is missing, and how far its download has come.
struct FetchView: Drawable {
    let fetch: Models.Fetch?
    let missing: BaseModel?
    /// The key that fetches it.
    let key: String
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard let fetch else { return drawOffer(in: area, on: &surface) }
        let stage = fetch.progress.map { look.say($0.stage) } ?? look.say("starting", "正在开始")
        var facts = [fetch.name, stage]
        if let progress = fetch.progress, progress.done > 0 {
            let done = Figures.bytes(progress.done)
            facts.append(
                progress.total.map { look.say("\(done) of \(Figures.bytes($0))", "\(done) / \(Figures.bytes($0))") }
                    ?? done)
        }
        surface.write(facts.joined(separator: " · "), in: area.row(0), style: look[.text])
        let bar = area.row(1).inset(right: 7)
        Gauge(fetch.progress?.share, style: look[.accent], trackStyle: look[.border]).draw(in: bar, on: &surface)
        if let share = fetch.progress?.share {
            surface.write(Figures.percent(share), in: area.row(1), style: look[.muted], alignment: .right)
        }
    }

    private func drawOffer(in area: Rect, on surface: inout Surface) {
        guard let missing else { return }
        let size = missing.downloadBytes.map { " (\(Figures.bytes($0)))" } ?? ""
        surface.writeWrapped(
            look.say(
                "The base model \(missing.name) is not on this computer yet\(size). \(key) fetches it.",
                "这台电脑上还没有基础模型 \(missing.name)\(size)，按 \(key) 获取。"),
            in: area, style: look[.warning])
    }
}
