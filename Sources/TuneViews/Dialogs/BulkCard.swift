import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// A change of many records, with what it would do to the first of them.
struct BulkCard: DialogCard {
    let bulk: Bulk.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let hasPreview = bulk.hasPreview
        let height = 4 + bulk.fields.count + (hasPreview ? min(13, max(4, area.height - 10)) : 1)
        var inner = card(
            look.say(bulk.kind.title), trailing: count(bulk.count), width: min(96, area.width - 4), height: height,
            in: area, look: look, on: &surface)
        var caret: Point?
        let captions = bulk.fields.map { surface.measure.columns(of: look.say($0.caption)) }.max() ?? 0
        for (index, field) in bulk.fields.enumerated() {
            let row = inner.takeTop(1)
            let isActive = index == bulk.active
            surface.write(look.say(field.caption), in: row, style: look[isActive ? .strong : .muted])
            let place = row.inset(left: captions + 2)
            surface.fill(place, style: look[.field])
            let box = field.buffer.field(look, style: look[.field], isActive: isActive)
            box.draw(in: place, on: &surface)
            if isActive { caret = box.caretPoint(in: place, measure: surface.measure) }
        }
        if !bulk.fields.isEmpty { _ = inner.takeTop(1) }
        if hasPreview { drawPreview(in: inner, on: &surface) } else { drawQuestion(in: inner, on: &surface) }
        return caret
    }

    // MARK: -

    private func count(_ count: Int) -> String {
        look.say("\(Figures.count(count)) \(count == 1 ? "record" : "records")", "\(Figures.count(count)) 条记录")
    }

    private func drawQuestion(in area: Rect, on surface: inout Surface) {
        let text =
            bulk.fields.isEmpty
            ? look.say("Enter does it; u takes it back.", "按回车执行，按 u 可撤销。")
            : look.say(bulk.kind.detail)
        surface.writeWrapped(text, in: area, style: look[.muted])
    }

    private func drawPreview(in area: Rect, on surface: inout Surface) {
        switch bulk.preview {
        case .empty: surface.writeWrapped(look.say(bulk.kind.detail), in: area, style: look[.muted])
        case .running:
            surface.write(look.say("looking what it would change …", "正在查看会更改什么…"), in: area, style: look[.muted])
        case .failed(let why):
            surface.writeWrapped("✗ " + look.say(why.what), in: area, style: look[.error])
        case .done(let preview): draw(preview, in: area, on: &surface)
        }
    }

    /// Where to begin showing, so that the first difference is on the screen.
    private static func start(of example: Draft.Preview.Sample) -> Int {
        let same = zip(example.before, example.after).prefix { $0 == $1 }.count
        return same > 40 ? same - 20 : 0
    }

    private func draw(_ preview: Draft.Preview, in area: Rect, on surface: inout Surface) {
        var rest = area
        let all = Figures.count(bulk.count)
        let text =
            preview.count == 0
            ? look.say("It would change nothing.", "不会更改任何内容。")
            : look.say(
                "It would change \(Figures.count(preview.count)) of \(all); u takes it back.",
                "将更改 \(all) 条中的 \(Figures.count(preview.count)) 条，按 u 可撤销。")
        surface.write(text, in: rest.takeTop(1), style: look[.strong])
        let (before, after) = (look.say("before", "之前"), look.say("after", "之后"))
        let captions = max(surface.measure.columns(of: before), surface.measure.columns(of: after)) + 2
        for example in preview.samples where rest.height >= 3 {
            _ = rest.takeTop(1)
            let start = Self.start(of: example)
            for (caption, text, role) in [(before, example.before, Role.muted), (after, example.after, .text)] {
                guard !rest.isEmpty else { return }
                let row = rest.takeTop(1)
                surface.write(caption, in: row, style: look[.muted])
                let shown = (start > 0 ? "…" : "") + RecordTexts.oneLine(String(text.dropFirst(start)))
                surface.write(shown, in: row.inset(left: captions), style: look[role])
            }
        }
    }
}

extension Bulk.State {
    /// Whether there is something to show before it is done.
    fileprivate var hasPreview: Bool {
        switch kind {
        case .replace, .strip, .clean, .role, .system: true
        case .merge, .duplicate, .move, .remove: false
        }
    }
}
