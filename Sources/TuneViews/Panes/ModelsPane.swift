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
        let bytes = models.cards.reduce(0) { $0 + ($1.bytes ?? 0) }
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
        grid(rows: rest.height - 1, width: rest.width).draw(in: rest, on: &surface)
    }

    // MARK: -

    private func grid(rows: Int, width: Int) -> Grid {
        let list = models.list
        var columns = [
            Column(look.say("name", "名称"), .flexible(weight: 3)) { $0.name },
            Column(look.say("made", "时间"), .fixed(6)) { Figures.time($0.createdAt, now: now, zone: look.zone) },
            Column(look.say("size", "大小"), .fixed(9)) { $0.bytes.map(Figures.bytes) ?? "–" },
        ]
        // A name says base and job too, where there is no room to say them twice.
        if width >= DeckLayout.wide - 2 {
            columns.insert(Column(look.say("base", "基础模型"), .fixed(14), isText: true, base(of:)), at: 1)
            columns.insert(Column(look.say("job", "任务"), .fixed(14), isText: true, job(of:)), at: 2)
            if models.cards.contains(where: { $0.owner != nil }) {
                columns.insert(Column(look.say("owner", "所有者"), .fixed(14), isText: true) { $0.owner ?? "" }, at: 3)
            }
        }
        if models.cards.contains(where: { $0.shutdownDate != nil }) {
            columns.append(
                Column(look.say("ends", "停用"), .fixed(15)) { card in
                    card.shutdownDate.map {
                        look.say("ends \(Figures.day($0, zone: look.zone))", "\(Figures.day($0, zone: look.zone)) 停用")
                    }
                        ?? ""
                })
        }
        let shown = columns
        let ends = Grid.Column("", width: .fixed(1))
        return Grid(
            columns: [ends]
                + shown.map { Grid.Column($0.title, width: $0.width, alignment: $0.isText ? .left : .right) } + [ends],
            count: models.cards.count, top: list.window(rows: rows).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), headerStyle: look[.muted], style: look[.background],
            markStyle: look[.border], gap: 1
        ) { index in
            let card = models.cards[index]
            let mark = Grid.Item(index == list.cursor ? "▸" : "", look[.accent])
            return [mark]
                + shown.map { Grid.Item($0.text(card), look[$0.width == .fixed(9) || $0.isName ? .text : .muted]) } + [
                    Grid.Item("")
                ]
        }
    }

    private struct Column {
        let title: String
        let width: TuneCanvas.Part
        let isText: Bool
        let text: (ModelCard) -> String

        init(_ title: String, _ width: TuneCanvas.Part, isText: Bool = false, _ text: @escaping (ModelCard) -> String) {
            self.title = title
            self.width = width
            self.isText = isText || width == .flexible(weight: 3)
            self.text = text
        }

        var isName: Bool { width == .flexible(weight: 3) }
    }

    private func base(of card: ModelCard) -> String {
        if case .fineTuned(let base, _) = card.kind { base } else { look.say("base model", "基础模型") }
    }

    private func job(of card: ModelCard) -> String {
        guard case .fineTuned(_, let id?) = card.kind else { return "" }
        return jobs.first { $0.id == id }?.title ?? id.text
    }

    private func drawBase(in area: Rect, on surface: inout Surface) {
        FetchView(fetch: models.fetch, missing: models.missingBase, key: "f", look: look).draw(in: area, on: &surface)
    }
}
