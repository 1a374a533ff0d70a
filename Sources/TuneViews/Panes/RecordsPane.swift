import TuneCanvas
import TuneControl
import TuneModel

/// The records of a dataset as a table. Only the rows on the screen are looked at.
struct RecordsPane: PaneView {
    let sheet: Browse.Sheet?
    let isFocused: Bool
    /// Whether the findings are out of sight.
    let isNarrow: Bool
    let look: Look

    var title: String {
        guard let facts = sheet?.facts else { return "" }
        let count = Figures.count(facts.records)
        return "\(facts.name) · "
            + look.say("\(count) \(facts.records == 1 ? "record" : "records")", "\(count) 条记录")
            + " · \(Figures.bytes(facts.bytes))" + order
    }

    /// Said while the rows do not stand as in the file.
    private var order: String {
        guard let sheet, sheet.isByLoss, let job = sheet.losses?.job else { return "" }
        return " · " + look.say("by loss of \(job)", "按 \(job) 的损失排序")
    }

    var trailing: String {
        guard let needle = sheet?.search.needle.text, !needle.isEmpty else { return isNarrow ? findings : "" }
        return look.say("find “\(needle)” · n next", "查找“\(needle)” · n 下一个")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard let sheet, sheet.facts.records > 0 else {
            let text = look.say("This file has no records yet. Press a to add one.", "这个文件还没有记录。按 a 添加。")
            surface.writeWrapped(text, in: area.inset(by: 1), style: look[.muted])
            return
        }
        grid(sheet, in: area).draw(in: area, on: &surface)
    }

    // MARK: -

    /// Where the findings are not on the screen, how many want a look.
    private var findings: String {
        guard let sheet else { return "" }
        switch sheet.inspection {
        case .running: return look.say("checking …", "正在检查…")
        case .failed: return look.say("✗ cannot be checked · [", "✗ 无法检查 · [")
        case .done(let findings):
            let count = findings.count { $0.severity >= .warning }
            guard count > 0 else { return look.say("✓ findings [", "✓ 检查结果 [") }
            return look.say("! \(count) \(count == 1 ? "finding" : "findings") [", "! \(count) 项检查结果 [")
        }
    }

    private func grid(_ sheet: Browse.Sheet, in area: Rect) -> Grid {
        let digits = max(3, Figures.count(sheet.facts.records).count)
        let isChat = sheet.facts.shape != .completion
        var columns = [
            Grid.Column("", width: .fixed(1)),
            Grid.Column("#", width: .fixed(digits), alignment: .right),
            Grid.Column(isChat ? look.say("question", "问题") : look.say("prompt", "提问"), width: .flexible(weight: 2)),
            Grid.Column(
                isChat ? look.say("answer", "回答") : look.say("completion", "回答"), width: .flexible(weight: 3)),
            Grid.Column(look.say("chars", "字数"), width: .fixed(6), alignment: .right),
            Grid.Column("", width: .fixed(1)),
        ]
        if sheet.losses != nil {
            columns.insert(Grid.Column(look.say("loss", "损失"), width: .fixed(6), alignment: .right), at: 4)
        }
        let visible = area.height - 1
        return Grid(
            columns: columns, count: sheet.facts.records, top: sheet.list.window(rows: visible).lowerBound,
            cursor: sheet.list.selected, cursorStyle: look.cursor(focused: isFocused), headerStyle: look[.muted],
            style: look[.background], markStyle: look[.border], gap: 1
        ) { place in
            var items = items(place, sheet)
            if let losses = sheet.losses {
                let loss = losses[sheet.row(at: place)].map { Figures.loss(Double($0)) } ?? "–"
                items.insert(Grid.Item(loss, look[loss == "–" ? .muted : .text]), at: 4)
            }
            return items
        }
    }

    private func items(_ place: Int, _ sheet: Browse.Sheet) -> [Grid.Item] {
        let mark = Grid.Item(place == sheet.list.cursor ? "▸" : "", look[.accent])
        let number = Grid.Item(Figures.count(sheet.row(at: place) + 1), look[.muted])
        switch sheet.window[place] {
        case .record(let record)?:
            let (asked, answered) = RecordTexts.summary(record)
            let length = RecordTexts(record, look: look).length
            return [
                mark, number, Grid.Item(asked, look[.text]), Grid.Item(answered, look[.text]),
                Grid.Item(Figures.short(length), look[.muted]), Grid.Item(""),
            ]
        case .broken(let text, _)?:
            let broken = Grid.Item(look.say("✗ not a record", "✗ 不是记录"), look[.error])
            return [
                mark, number, broken, Grid.Item(RecordTexts.oneLine(text), look[.muted]), Grid.Item(""), Grid.Item(""),
            ]
        case nil:
            return [mark, number, Grid.Item("…", look[.muted]), Grid.Item(""), Grid.Item(""), Grid.Item("")]
        }
    }
}
