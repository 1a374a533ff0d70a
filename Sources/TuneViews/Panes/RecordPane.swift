import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// The whole record under the cursor, as it will be trained: its texts, or its tokens.
struct RecordPane: PaneView {
    let sheet: Browse.Sheet?
    let showsWhitespace: Bool
    let detail: Detail.State
    let look: Look
    /// What was looked for, to be marked where it stands.
    var pattern: TextPattern?

    var title: String {
        guard let sheet, sheet.list.selected != nil else { return look.say("record", "记录") }
        let row = sheet.row
        return look.say("record \(Figures.count(row + 1))", "记录 \(Figures.count(row + 1))")
    }

    var trailing: String {
        guard case .record(let record)? = sheet?.selected?.content else { return "" }
        var facts: [String] = []
        if let count = tokens?.count {
            let (all, trained) = (Figures.count(count.all), Figures.count(count.trained))
            facts.append(look.say("\(all) tokens, \(trained) trained", "\(all) 个词元，训练 \(trained) 个"))
        } else {
            facts.append(length(of: record))
        }
        if detail.showsTokens {
            facts.append(look.say("T text", "T 文本"))
        } else if showsWhitespace {
            facts.append(look.say("w hide whitespace", "w 隐藏空白符"))
        } else {
            facts.append(look.say("w show whitespace", "w 显示空白符"))
        }
        return facts.joined(separator: " · ")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        switch sheet?.selected?.content {
        case .record(let record)? where detail.showsTokens: drawTokens(of: record, in: area, on: &surface)
        case .record(let record)?: draw(texts(record, in: area, surface.measure), in: area, on: &surface)
        case .broken(let text, let why)?:
            var rest = area.inset(left: 1, right: 1)
            _ = rest.takeTop(surface.writeWrapped(look.say(why), in: rest, style: look[.error]))
            surface.writeWrapped(text, in: rest, style: look[.muted])
        case nil: break
        }
    }

    /// The first row on show after scrolling by a step, no further than the end.
    func top(after step: Int, in area: Rect, measure: GlyphWidth = .standard) -> Int {
        guard case .record(let record)? = sheet?.selected?.content else { return 0 }
        let wanted = max(0, detail.top + step)
        var ahead = self
        ahead.lookAhead = max(0, step)
        let page =
            detail.showsTokens
            ? ahead.tokenRows(in: area, measure).map { ($0, 0) } ?? ([], 0) : ahead.texts(record, in: area, measure)
        return max(0, min(wanted, page.0.count - area.height))
    }

    // MARK: -

    /// Rows below the area that are made too.
    private var lookAhead = 1

    init(
        sheet: Browse.Sheet?, showsWhitespace: Bool, detail: Detail.State = Detail.State(), look: Look,
        pattern: TextPattern? = nil
    ) {
        self.sheet = sheet
        self.showsWhitespace = showsWhitespace
        self.detail = detail
        self.look = look
        self.pattern = pattern
    }

    /// The tokens, when they are those of the record on show.
    private var tokens: Detail.Tokens? {
        guard case .record(let record)? = sheet?.selected?.content, record == detail.record else { return nil }
        return detail.tokens
    }

    private func length(of record: Record) -> String {
        let texts = RecordTexts(record, look: look)
        // Counting more letters would take longer than a key may.
        guard texts.bytes < 1_000_000 else { return Figures.bytes(Int64(texts.bytes)) }
        let length = Figures.count(sheet?.selected?.length ?? 0)
        return look.say("\(length) characters", "\(length) 字")
    }

    private func limit(_ area: Rect) -> Int { detail.top + area.height + lookAhead }

    private func texts(_ record: Record, in area: Rect, _ measure: GlyphWidth) -> ([RecordRows.Row], Int) {
        let parts = RecordTexts(record, look: look).parts
        let captions = (parts.map { measure.columns(of: $0.caption) }.max() ?? 0) + 2
        let rows = RecordRows(look: look, width: area.width - 2 - captions, measure: measure).rows(
            of: parts, revealed: showsWhitespace, marking: pattern, limit: limit(area))
        return (rows, captions)
    }

    private func tokenRows(in area: Rect, _ measure: GlyphWidth) -> [RecordRows.Row]? {
        guard let pieces = tokens?.pieces else { return nil }
        return RecordRows(look: look, width: area.width - 2, measure: measure).rows(
            of: pieces, withIDs: detail.showsIDs, limit: limit(area))
    }

    private func drawTokens(of record: Record, in area: Rect, on surface: inout Surface) {
        if let rows = tokenRows(in: area, surface.measure) { return draw((rows, 0), in: area, on: &surface) }
        let place = area.inset(left: 1, right: 1)
        switch tokens {
        case .failed(let why)?: surface.writeWrapped(look.say(why), in: place, style: look[.error])
        case .noModel?:
            surface.writeWrapped(
                look.say(
                    "Tokens are cut by a base model, and there is none yet: 6 goes to the models, f fetches one.",
                    "词元由基础模型切分，目前还没有基础模型：按 6 转到模型页，按 f 获取。"), in: place, style: look[.muted])
        case .unknown?, .loading?, .cut?, nil:
            surface.writeWrapped(look.say("cutting …", "正在切分…"), in: place, style: look[.muted])
        }
    }

    private func draw(_ page: (rows: [RecordRows.Row], captions: Int), in area: Rect, on surface: inout Surface) {
        let place = area.inset(left: 1, right: 1)
        let top = max(0, min(detail.top, page.rows.count - area.height))
        for (y, row) in page.rows.dropFirst(top).prefix(area.height).enumerated() {
            let line = place.row(y)
            surface.write(row.caption, in: line, style: look[.muted], overflow: .cut)
            let text = line.inset(left: page.captions)
            // The mark says that text goes on below, even where this row alone would fit.
            let isCut = row.continues && y == area.height - 1 && !(showsWhitespace && !detail.showsTokens)
            let end = text.endX - (isCut ? 1 : 0)
            var x = text.x
            for span in row.spans where x < end {
                x += surface.write(
                    span.text, at: Point(x: x, y: text.y), style: span.style, width: end - x, overflow: .cut)
            }
            if isCut { surface.write(String(surface.glyphs.ellipsis), at: Point(x: x, y: text.y), style: look[.text]) }
        }
        guard top > 0 else { return }
        let edge = Rect(x: area.endX - 1, y: area.y, width: 1, height: area.height)
        ScrollMark(top: top, visible: area.height, count: page.rows.count, style: look[.muted])
            .draw(in: edge, on: &surface)
    }
}

extension Look {
    /// Both sentences of an explanation.
    fileprivate func say(_ why: Explanation) -> String { why.text(in: language) }
}
