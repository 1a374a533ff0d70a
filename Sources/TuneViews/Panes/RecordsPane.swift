import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// The records of a dataset as a table. Only the rows on the screen are looked at.
struct RecordsPane: PaneView {
    let sheet: Browse.Sheet?
    let isFocused: Bool
    /// Whether the findings are out of sight.
    let isNarrow: Bool
    let look: Look

    var title: String {
        guard let sheet else { return "" }
        let facts = sheet.facts
        let all = Figures.count(facts.records)
        let isCut = !sheet.view.filter.isEmpty && sheet.view.rows != nil
        let count =
            isCut
            ? look.say(
                "\(Figures.count(sheet.list.count)) of \(all) records",
                "\(all) 条中的 \(Figures.count(sheet.list.count)) 条")
            : look.say("\(all) \(facts.records == 1 ? "record" : "records")", "\(all) 条记录")
        let more = facts.isWhole ? "" : look.say(" so far", "（读取中）")
        return "\(facts.name) · \(count)\(more) · \(Figures.bytes(facts.bytes))" + edits + order
    }

    /// What is not saved yet.
    private var edits: String {
        guard let sheet else { return "" }
        if sheet.facts.edits.isReadOnly { return " · " + look.say("read only: open elsewhere", "只读：已在别处打开") }
        guard sheet.facts.edits.isChanged else { return "" }
        let changed = sheet.facts.edits.changedRows
        let count = changed == 0 ? "" : " \(Figures.count(changed))"
        return " · *" + count + look.say(" unsaved", " 未保存")
    }

    /// Said while the rows do not stand as in the file.
    private var order: String {
        guard let sheet, sheet.view.order.key != .row || sheet.view.order.isDescending else { return "" }
        if sheet.view.order.key == .loss, let job = sheet.losses?.job {
            return " · " + look.say("by loss of \(job)", "按 \(job) 的损失排序")
        }
        let arrow = sheet.view.order.isDescending ? "↓" : "↑"
        return " · "
            + look.say("by \(look.say(sheet.view.order.key.title))", "按\(look.say(sheet.view.order.key.title))") + arrow
    }

    var trailing: String {
        guard let sheet else { return "" }
        if let editing = sheet.editing, editing > 0 { return look.say("working ", "处理中 ") + Figures.percent(editing) }
        if !sheet.facts.isWhole { return look.say("reading ", "读取中 ") + Figures.percent(sheet.facts.share) }
        if let progress = sheet.view.progress {
            return look.say(
                "looking \(Figures.percent(progress)) · x cancel", "查找中 \(Figures.percent(progress)) · x 取消")
        }
        if !sheet.marks.isEmpty {
            let count = Figures.count(sheet.chosenCount)
            return look.say("\(count) marked", "已标记 \(count) 条")
        }
        let needle = sheet.search.needle.text
        if !needle.isEmpty { return look.say("find “\(needle)” · n next", "查找“\(needle)” · n 下一个") }
        if !sheet.view.filter.isEmpty { return look.say("filter ", "筛选 ") + sheet.view.filter.text }
        return isNarrow ? findings : ""
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        guard let sheet, sheet.facts.records > 0 else {
            let text = look.say("This file has no records yet. Press a to add one.", "这个文件还没有记录。按 a 添加。")
            surface.writeWrapped(text, in: area.inset(by: 1), style: look[.muted])
            return
        }
        guard sheet.list.count > 0 || sheet.view.progress != nil else {
            let text = look.say(
                "No record passes the filter \(sheet.view.filter.text). Press f to change it, Esc to take it off.",
                "没有记录符合筛选条件 \(sheet.view.filter.text)。按 f 修改，按 Esc 取消筛选。")
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
            Grid.Column("", width: .fixed(sheet.marks.isEmpty ? 1 : 2)),
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
        if !sheet.facts.edits.tags.isEmpty {
            columns.append(Grid.Column(look.say("tags", "标签"), width: .fixed(10)))
        }
        let visible = area.height - 1
        return Grid(
            columns: columns, count: sheet.list.count, top: sheet.list.window(rows: visible).lowerBound,
            cursor: sheet.list.selected, cursorStyle: look.cursor(focused: isFocused), headerStyle: look[.muted],
            style: look[.background], markStyle: look[.border], gap: 1
        ) { place in
            var items = items(place, sheet)
            if let losses = sheet.losses {
                let loss = losses[sheet.row(at: place)].map { Figures.loss(Double($0)) } ?? "–"
                items.insert(Grid.Item(loss, look[loss == "–" ? .muted : .text]), at: 4)
            }
            if !sheet.facts.edits.tags.isEmpty {
                items.append(Grid.Item(sheet.window[place]?.tags.joined(separator: " ") ?? "", look[.accent]))
            }
            return items
        }
    }

    private func items(_ place: Int, _ sheet: Browse.Sheet) -> [Grid.Item] {
        let row = sheet.row(at: place)
        let mark = Grid.Item(
            (place == sheet.list.cursor ? "▸" : " ") + (sheet.marks.contains(row) ? "●" : ""), look[.accent])
        let number = Grid.Item(Figures.count(row + 1), look[.muted])
        let edited = Grid.Item(sheet.window[place]?.isEdited == true ? "*" : "", look[.warning])
        switch sheet.window[place]?.content {
        case .record(let record)?:
            let (asked, answered) = RecordTexts.summary(record)
            let length = sheet.window[place]?.length ?? 0
            return [
                mark, number, Grid.Item(asked, look[.text]), Grid.Item(answered, look[.text]),
                Grid.Item(Figures.short(length), look[.muted]), edited,
            ]
        case .broken(let text, _)?:
            let broken = Grid.Item(look.say("✗ not a record", "✗ 不是记录"), look[.error])
            return [
                mark, number, broken, Grid.Item(RecordTexts.oneLine(text), look[.muted]), Grid.Item(""), edited,
            ]
        case nil:
            return [mark, number, Grid.Item("…", look[.muted]), Grid.Item(""), Grid.Item(""), Grid.Item("")]
        }
    }
}
