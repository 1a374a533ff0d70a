import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// One evaluation over the whole screen: models by measures, the records worst first, and the one under the cursor or
/// the classes beside them.
struct EvaluationPage: DialogCard {
    let opened: Evaluations.Opened
    let look: Look

    private var report: EvaluationReport { opened.report }

    /// Where its parts are.
    private struct Places {
        let frame: Rect
        let figures: Rect
        let list: Rect
        let detail: Rect
        /// Rows of the rules above the list and above the detail; the latter nil where they stand side by side.
        let listRule: Int
        let detailRule: Int?
    }

    /// Rows of the list of records.
    func rows(in area: Rect) -> Int { max(1, places(in: area).list.height - 1) }

    /// The last row that the detail can be scrolled down to.
    func lastTop(in area: Rect) -> Int {
        guard !opened.showsClasses || opened.classification == nil else { return 0 }
        let place = places(in: area).detail
        return max(0, detail.rows(width: place.width, measure: .standard).count - place.height)
    }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let places = places(in: area)
        surface.box(
            places.frame, title: title, trailing: trailing, style: look[.borderFocused],
            titleStyle: look[.titleFocused], fill: look[.background])
        EvaluationFigures(opened: opened, look: look).draw(in: places.figures, on: &surface)
        let list = look.say("records", "记录") + " · " + order
        rule(places.listRule, in: places.frame, list, on: &surface)
        drawList(in: places.list, on: &surface)
        let title = opened.showsClasses && opened.classification != nil ? classesTitle : detailTitle
        if let row = places.detailRule {
            rule(row, in: places.frame, title, on: &surface)
        } else {
            let edge = Rect(x: places.detail.x - 1, y: places.listRule, width: places.detail.width + 1, height: 1)
            surface.write(" \(title) ", in: edge, style: look[.title])
        }
        drawDetail(in: places.detail, on: &surface)
        return nil
    }

    // MARK: - Places

    private func places(in area: Rect) -> Places {
        var inner = area.inset().inset(left: 1, right: 1)
        let figures = inner.takeTop(min(report.models.count + 1, max(2, area.height / 4)))
        let listRule = inner.y
        _ = inner.takeTop(1)
        if area.width < DeckLayout.wide {
            let height = max(3, inner.height * 2 / 5)
            let list = inner.takeTop(height)
            let detailRule = inner.y
            _ = inner.takeTop(1)
            return Places(
                frame: area, figures: figures, list: list, detail: inner, listRule: listRule, detailRule: detailRule)
        }
        let columns = inner.split(.horizontal, .flexible(weight: 1), .flexible(weight: 1), gap: 3)
        return Places(
            frame: area, figures: figures, list: columns[0], detail: columns[1], listRule: listRule, detailRule: nil)
    }

    private func rule(_ row: Int, in frame: Rect, _ title: String, on surface: inout Surface) {
        surface.rule(
            Rect(x: frame.x, y: row, width: frame.width, height: 1), title: title, style: look[.borderFocused],
            titleStyle: look[.title])
    }

    // MARK: - Words

    private var title: String { look.say("Evaluation of \(report.name)", "\(report.name) 的评测") }

    private var trailing: String {
        let records = Figures.count(report.records.count)
        let stopped = report.isComplete ? "" : look.say(" · stopped", " · 已停止")
        return look.say("\(records) records", "\(records) 条记录") + stopped
    }

    private var order: String {
        let measure = look.say(opened.measure.title)
        let whose = opened.model.map { Figures.model(report.models[$0].model) }
        let by = whose.map { look.say("\(measure) of \($0)", "\($0) 的\(measure)") } ?? measure
        let worst = look.say("worst first by \(by)", "按\(by)，最差的在前")
        guard !opened.filter.isEmpty else { return worst }
        let count = Figures.count(opened.order.count)
        return worst + look.say(" · “\(opened.filter)”: \(count)", " · “\(opened.filter)”：\(count) 条")
    }

    private var detailTitle: String {
        guard let record = opened.selected else { return look.say("record", "记录") }
        let row = Figures.count(report.records[record].row + 1)
        return look.say("record \(row)", "记录 \(row)")
    }

    private var classesTitle: String {
        guard let found = opened.classification else { return "" }
        let name = Figures.model(report.models[found.model].model)
        return look.say("classes of \(name)", "\(name) 的分类")
    }

    // MARK: - Parts

    private func drawList(in area: Rect, on surface: inout Surface) {
        guard !opened.order.isEmpty else {
            let text = look.say("No record holds these letters; f changes them.", "没有记录包含这些文字；按 f 更改。")
            surface.writeWrapped(text, in: area, style: look[.muted])
            return
        }
        let list = opened.list
        let models = Array(report.models.indices.prefix(max(1, (area.width - 30) / 10)))
        let numbers = models.map { Grid.Column(Self.letter($0), width: .fixed(8), alignment: .right) }
        Grid(
            columns: [
                Grid.Column("", width: .fixed(1)), Grid.Column("#", width: .fixed(6), alignment: .right),
            ] + numbers + [Grid.Column(look.say("prompt", "提问"), width: .flexible(minimum: 10))],
            count: opened.order.count, top: list.window(rows: area.height - 1).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), headerStyle: look[.muted], style: look[.background],
            markStyle: look[.border], gap: 1
        ) { row in
            let record = opened.order[row]
            let values = models.map { model -> Grid.Item in
                guard let value = report.value(of: opened.measure, record: record, model: model) else {
                    return Grid.Item("–", look[.muted])
                }
                return Grid.Item(text(value), style(value))
            }
            return [
                Grid.Item(row == list.cursor ? "▸" : "", look[.accent]),
                Grid.Item(Figures.count(report.records[record].row + 1), look[.muted]),
            ] + values + [Grid.Item(RecordTexts.oneLine(report.records[record].prompt), look[.text])]
        }.draw(in: area, on: &surface)
    }

    /// Right or wrong is a mark, anything else its number.
    private func text(_ value: Double) -> String {
        switch opened.measure {
        case .accuracy, .macroF1, .exactMatch, .normalizedMatch, .sequenceAccuracy: value == 1 ? "✓" : "✗"
        default: opened.measure.text(value)
        }
    }

    private func style(_ value: Double) -> Style {
        // A share of picks is 1 at most, a score 10.
        let isPick = opened.measure == .judge && report.request.judging == .pick
        guard let most = isPick ? 1 : opened.measure.most else { return look[.text] }
        return look[value >= most * 0.9 ? .good : value <= most * 0.1 ? .warning : .text]
    }

    private func drawDetail(in area: Rect, on surface: inout Surface) {
        if opened.showsClasses, let found = opened.classification {
            return ConfusionPicture(classes: found.classes, look: look).draw(in: area, on: &surface)
        }
        let rows = detail.rows(width: area.width, measure: surface.measure)
        let top = min(opened.top, max(0, rows.count - area.height))
        for (line, row) in rows.dropFirst(top).prefix(area.height).enumerated() {
            surface.write(row.text, in: area.row(line), style: look[row.role], overflow: .cut)
        }
        ScrollMark(top: top, visible: area.height, count: rows.count, style: look[.muted])
            .draw(in: Rect(x: area.endX, y: area.y, width: 1, height: area.height), on: &surface)
    }

    private var detail: EvaluationDetail { EvaluationDetail(report: report, record: opened.selected, look: look) }

    /// What a model is called above a narrow column: A, B, C …
    static func letter(_ model: Int) -> String { String(UnicodeScalar(UInt8(65 + model % 26))) }
}
