import Foundation
import TuneCanvas
import TuneControl

/// The results of a job: one row a step.
struct ResultsCard: DialogCard {
    let results: ResultsTable
    let look: Look

    static func rows(in area: Rect) -> Int { max(1, area.height - 3) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let inner = card(
            look.say("Results of \(results.title)", "\(results.title) 的结果"),
            trailing: look.say("\(Figures.count(results.rows.count)) steps", "\(Figures.count(results.rows.count)) 步"),
            width: 104, height: area.height, in: area, look: look, on: &surface)
        guard results.isLoaded, !results.rows.isEmpty else {
            let text =
                results.isLoaded
                ? look.say("No step has been written yet.", "还没有写入任何一步。") : look.say("reading …", "正在读取…")
            surface.write(text, in: inner, style: look[.muted])
            return nil
        }
        let shown = columns
        let list = results.list
        Grid(
            columns: shown.map { Grid.Column($0.title, width: .flexible(minimum: 6), alignment: .right) },
            count: results.rows.count, top: list.window(rows: Self.rows(in: area)).lowerBound, cursor: list.selected,
            cursorStyle: look.cursor(focused: true), headerStyle: look[.muted], style: look[.background],
            markStyle: look[.border], gap: 2
        ) { row in
            shown.map { column in
                let cells = results.rows[row]
                return Grid.Item(
                    cells.indices.contains(column.index) ? column.text(cells[column.index]) : "", look[.text])
            }
        }.draw(in: inner, on: &surface)
        return nil
    }

    // MARK: -

    private struct Column {
        let index: Int
        let title: String
        let text: (String) -> String
    }

    private var columns: [Column] {
        results.header.enumerated().map { index, name in
            switch name {
            case "step": Column(index: index, title: look.say("step", "步"), text: whole)
            case "elapsed_tokens": Column(index: index, title: look.say("tokens", "词元"), text: whole)
            case "elapsed_examples": Column(index: index, title: look.say("examples", "样本"), text: whole)
            case "training_loss": Column(index: index, title: look.say("loss", "损失"), text: decimals)
            case "training_sequence_accuracy": Column(index: index, title: look.say("seq acc", "整句准确"), text: decimals)
            case "training_token_accuracy": Column(index: index, title: look.say("tok acc", "词元准确"), text: decimals)
            case "validation_loss": Column(index: index, title: look.say("val loss", "验证损失"), text: decimals)
            case "validation_sequence_accuracy":
                Column(index: index, title: look.say("val seq", "验证整句"), text: decimals)
            case "validation_token_accuracy": Column(index: index, title: look.say("val tok", "验证词元"), text: decimals)
            default: Column(index: index, title: name, text: { $0 })
            }
        }
    }

    private var whole: (String) -> String { { Int($0).map(Figures.count) ?? $0 } }
    private var decimals: (String) -> String { { Double($0).map { String(format: "%.4f", $0) } ?? $0 } }
}
