import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The evaluations that were made, and the one under way above them.
struct EvaluationsCard: DialogCard {
    let evaluations: Evaluations.State
    let look: Look
    let now: Date

    /// Rows of the list; two are kept for the evaluation under way.
    static func rows(in area: Rect) -> Int { max(1, area.height - 6) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let count = Figures.count(evaluations.cards.count)
        var inner = card(
            look.say("Evaluations", "评测"), trailing: evaluations.cards.isEmpty ? "" : count, width: 132,
            height: area.height, in: area, look: look, on: &surface)
        drawRunning(in: inner.takeTop(2), on: &surface)
        _ = inner.takeTop(1)
        guard !evaluations.cards.isEmpty else {
            let text =
                evaluations.isLoaded
                ? look.say(
                    "None yet. n measures models on the dataset on show: their loss on it, and their answers against the expected ones.",
                    "还没有评测。按 n 在当前数据集上测量模型：损失，以及回答与期望回答的比较。")
                : look.say("reading …", "正在读取…")
            surface.writeWrapped(text, in: inner, style: look[.muted])
            return nil
        }
        grid(width: inner.width, rows: inner.height - 1).draw(in: inner, on: &surface)
        return nil
    }

    // MARK: -

    private func drawRunning(in area: Rect, on surface: inout Surface) {
        guard let running = evaluations.running else {
            return surface.write(
                look.say("Nothing is being measured.", "当前没有评测在进行。"), in: area.row(0), style: look[.muted]
            ).discard()
        }
        var parts = [running.name]
        if running.isCancelled {
            parts.append(look.say("stopping …", "正在停止…"))
        } else if let progress = running.progress {
            let what =
                switch progress.stage {
                case .losses: look.say("expected answers", "期望回答")
                case .answers: look.say("answers", "回答")
                case .judging: look.say("verdicts", "评审")
                }
            let (done, total) = (Figures.count(progress.done), Figures.count(progress.total))
            parts.append(Figures.model(progress.model))
            parts.append(look.say("\(what) \(done) of \(total)", "\(what) \(done) / \(total)"))
            if let left = progress.secondsLeft {
                parts.append(look.say("≈ \(Figures.clock(left)) left", "约剩 \(Figures.clock(left))"))
            }
        } else {
            parts.append(look.say("loading …", "正在加载…"))
        }
        surface.write(parts.joined(separator: " · "), in: area.row(0), style: look[.text])
        Gauge(running.progress?.share, style: look[.accent], trackStyle: look[.border])
            .draw(in: area.row(1).inset(right: 8), on: &surface)
        surface.write(
            Figures.percent(running.progress?.share ?? 0), in: area.row(1), style: look[.text], alignment: .right)
    }

    private func grid(width: Int, rows: Int) -> Grid {
        let list = evaluations.list
        let isWide = width > 100
        let columns = [
            Grid.Column("", width: .fixed(1)),
            Grid.Column(look.say("dataset", "数据集"), width: .flexible(weight: 2, minimum: 12)),
            Grid.Column(look.say("made", "时间"), width: .fixed(6), alignment: .right),
            Grid.Column(look.say("records", "记录"), width: .fixed(7), alignment: .right),
            Grid.Column(look.say("models", "模型"), width: .flexible(weight: isWide ? 6 : 3, minimum: 16)),
        ]
        return Grid(
            columns: columns, count: evaluations.cards.count, top: list.window(rows: rows).lowerBound,
            cursor: list.selected, cursorStyle: look.cursor(focused: true), headerStyle: look[.muted],
            style: look[.background], markStyle: look[.border], gap: 2
        ) { index in
            let card = evaluations.cards[index]
            let models = zip(card.models, card.values).map { model, value in
                Figures.model(model) + " " + (value.map(card.measure.text) ?? "–")
            }
            let measure = look.say(card.measure.title)
            let mark = card.isComplete ? "" : look.say(" (stopped)", "（已停止）")
            return [
                Grid.Item(index == list.cursor ? "▸" : "", look[.accent]),
                Grid.Item(card.name + mark, look[.text]),
                Grid.Item(Figures.time(card.createdAt, now: now, zone: look.zone), look[.muted]),
                Grid.Item(Figures.count(card.records), look[.muted]),
                Grid.Item(measure + ": " + models.joined(separator: ", "), look[.text]),
            ]
        }
    }
}

extension Int {
    /// Says that a count of columns is of no use.
    fileprivate func discard() {}
}
