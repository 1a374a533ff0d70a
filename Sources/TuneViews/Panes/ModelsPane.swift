import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The models on this computer, and the base on its way here.
struct ModelsPane: PaneView {
    let models: Models.State
    let jobs: [Job]
    let look: Look
    let now: Date

    var title: String { look.say("Models", "模型") }

    var trailing: String {
        let bytes = models.cards.reduce(0) { $0 + $1.bytes }
        return bytes > 0 ? look.say("\(Figures.bytes(bytes)) on disk", "占用磁盘 \(Figures.bytes(bytes))") : ""
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        var rest = area
        if models.fetch != nil || models.missingBase != nil {
            drawBase(in: rest.takeBottom(3).inset(left: 1, right: 1), on: &surface)
        }
        guard !models.cards.isEmpty else {
            let text =
                models.isLoaded
                ? look.say("There are no models on this computer yet.", "这台电脑上还没有模型。")
                : look.say("Reading the models …", "正在读取模型…")
            surface.writeWrapped(text, in: rest.inset(by: 1), style: look[.muted])
            return
        }
        grid(rows: rest.height - 1).draw(in: rest, on: &surface)
    }

    // MARK: -

    private func grid(rows: Int) -> Grid {
        let list = models.list
        return Grid(
            columns: [
                Grid.Column("", width: .fixed(1)),
                Grid.Column(look.say("name", "名称"), width: .flexible(weight: 3)),
                Grid.Column(look.say("base", "基础模型"), width: .fixed(14)),
                Grid.Column(look.say("job", "任务"), width: .fixed(14)),
                Grid.Column(look.say("made", "时间"), width: .fixed(6), alignment: .right),
                Grid.Column(look.say("size", "大小"), width: .fixed(9), alignment: .right),
                Grid.Column("", width: .fixed(1)),
            ],
            count: models.cards.count, top: list.window(rows: rows).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), headerStyle: look[.muted], style: look[.background],
            markStyle: look[.border], gap: 1
        ) { index in
            let card = models.cards[index]
            var (base, job) = (look.say("base model", "基础模型"), "")
            if case .fineTuned(let from, let id) = card.kind {
                base = from
                job = jobs.first { $0.id == id }?.title ?? id.text
            }
            return [
                Grid.Item(index == list.cursor ? "▸" : "", look[.accent]), Grid.Item(card.name, look[.text]),
                Grid.Item(base, look[.muted]), Grid.Item(job, look[.muted]),
                Grid.Item(Figures.time(card.createdAt, now: now), look[.muted]),
                Grid.Item(Figures.bytes(card.bytes), look[.text]), Grid.Item(""),
            ]
        }
    }

    private func drawBase(in area: Rect, on surface: inout Surface) {
        FetchView(fetch: models.fetch, missing: models.missingBase, look: look).draw(in: area, on: &surface)
    }
}
