import TuneCanvas
import TuneControl
import TuneModel

/// Every vote counted, a row for each model.
struct TallyCard: DialogCard {
    let tally: VoteTally
    let list: ListState
    let look: Look

    static func rows(in area: Rect, count: Int) -> Int { max(1, min(count, area.height - 6)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area, count: list.count)
        var inner = card(
            look.say("Votes", "投票统计"), width: min(78, area.width - 2), height: rows + 5, in: area, look: look,
            on: &surface)
        draw(
            look.say("model", "模型"), Self.heads.map { look.say($0) }, .muted, in: inner.takeTop(1), on: &surface)
        let note = inner.takeBottom(1)
        _ = inner.takeBottom(1)
        Rows(
            count: tally.lines.count, top: list.window(rows: rows).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), style: look[.background], markStyle: look[.border]
        ) { index, row, surface in
            let line = tally.lines[index]
            let rate = line.winRate.map { "\(Int(($0 * 100).rounded())) %" } ?? "–"
            let figures = [rate] + [line.won, line.lost, line.tied, line.noneGood].map(Figures.count)
            draw(Figures.model(line.model), figures, .text, in: row, on: &surface)
        }.draw(in: inner, on: &surface)
        surface.write(
            look.say("The rate is of the votes that had a winner.", "胜率只计有胜者的投票。"), in: note, style: look[.muted])
        return nil
    }

    // MARK: -

    private static let heads = [
        Wording("win rate", "胜率"), Wording("won", "胜"), Wording("lost", "负"), Wording("tie", "平"),
        Wording("none", "都不好"),
    ]
    private static let columns = [9, 6, 6, 6, 7]

    private func draw(_ name: String, _ figures: [String], _ role: Role, in row: Rect, on surface: inout Surface) {
        var rest = row.inset(right: 1)
        for (figure, width) in zip(figures, Self.columns).reversed() {
            surface.write(figure, in: rest.takeRight(width), style: look[role], alignment: .right)
        }
        surface.write(name, in: rest.inset(right: 1), style: look[role])
    }
}
