import TuneCanvas
import TuneControl
import TuneModel

/// Asks for one line, with what can be written below it.
struct LineCard: DialogCard {
    let prompt: LinePrompt.State
    let look: Look

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let width = min(78, area.width - 4)
        let hints = min(prompt.hints.count, max(0, area.height - 8))
        let problemRows = prompt.problem == nil ? 0 : 3
        var inner = card(
            title, width: width, height: 3 + (hints == 0 ? 0 : hints + 1) + problemRows, in: area, look: look,
            on: &surface)
        let field = inner.takeTop(1)
        surface.fill(field, style: look[.field])
        let box = prompt.line.field(look, style: look[.field], isActive: true, placeholder: placeholder)
        box.draw(in: field, on: &surface)
        if let problem = prompt.problem {
            surface.writeWrapped(
                "✗ " + problem.text(in: look.language), in: inner.takeTop(problemRows), style: look[.error])
        }
        if hints > 0 {
            _ = inner.takeTop(1)
            let words = prompt.hints.prefix(hints).map { surface.measure.columns(of: $0.word) }.max() ?? 0
            for (row, hint) in prompt.hints.prefix(hints).enumerated() where row < inner.height {
                surface.write(hint.word, in: inner.row(row), style: look[.key])
                surface.write(look.say(hint.meaning), in: inner.row(row).inset(left: words + 3), style: look[.muted])
            }
        }
        return box.caretPoint(in: field, measure: surface.measure)
    }

    // MARK: -

    private var title: String {
        switch prompt.purpose {
        case .filter: look.say("Show only the records with", "只显示符合条件的记录")
        case .jump: look.say("Go to row", "跳转到行")
        case .tag: look.say("Tag", "标签")
        case .saveAs: look.say("Save as", "另存为")
        case .evaluationFilter: look.say("Show only the records with", "只显示包含以下文字的记录")
        case .report: look.say("Write a report", "写出报告")
        case .saveFile: look.say("Save the file's content as", "文件内容另存为")
        case .chart: look.say("Write the chart", "导出图表")
        }
    }

    private var placeholder: String {
        switch prompt.purpose {
        case .filter: look.say("kludge  /regex/  len>2000  -tag:bad", "床前明月光  /正则/  len>2000  -tag:差")
        case .jump: look.say("its number", "行号")
        case .tag: look.say("one word", "一个词")
        case .saveAs: look.say("path of a .jsonl file", ".jsonl 文件路径")
        case .evaluationFilter: look.say("letters of question or answers", "提问或回答中的文字")
        case .saveFile: look.say("path of a file that is not there yet", "尚不存在的文件路径")
        case .report: look.say("path of an .html or .md file", ".html 或 .md 文件路径")
        case .chart: look.say("path of an .svg, .png or .csv file", ".svg、.png 或 .csv 文件路径")
        }
    }
}
