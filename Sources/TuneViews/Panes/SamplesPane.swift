import TuneCanvas
import TuneControl
import TuneModel

/// What the followed job's model answers on its way, the newest at the top.
struct SamplesPane: PaneView {
    let samples: [SampleAnswer]
    let look: Look

    var title: String { look.say("samples", "示例回答") }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        var rest = area.inset(left: 1, right: 1)
        var step: Int?
        for sample in samples.reversed() where !rest.isEmpty {
            if sample.step != step {
                step = sample.step
                let caption =
                    sample.step == 0
                    ? look.say("before the first step", "训练之前") : look.say("step \(sample.step)", "第 \(sample.step) 步")
                surface.write(caption, in: rest.takeTop(1), style: look[.accent])
            }
            guard !rest.isEmpty else { return }
            draw(sample, in: &rest, on: &surface)
        }
    }

    // MARK: -

    /// The prompt, and after it the answer, which goes on in lines of its own.
    private func draw(_ sample: SampleAnswer, in rest: inout Rect, on surface: inout Surface) {
        let prompt = RecordTexts.oneLine(sample.prompt)
        let line = rest.inset(left: 2)
        let used = min(
            line.width / 2,
            surface.write(prompt, in: Rect(x: line.x, y: line.y, width: line.width / 2, height: 1), style: look[.muted])
        )
        let text = RecordTexts.oneLine(sample.answer)
        let place = line.inset(left: used + 1)
        let rows = surface.writeWrapped(
            text, in: Rect(x: place.x, y: place.y, width: place.width, height: min(3, place.height)), style: look[.text]
        )
        _ = rest.takeTop(max(1, rows))
    }
}
