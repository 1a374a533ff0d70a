import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// What a yes to the question on show would change: examples, before and after.
struct ChangesPane: PaneView {
    let prepare: Prepare.State
    let look: Look

    var title: String {
        switch prepare.phase {
        case .writing, .written: look.say("Outcome", "结果")
        case .idle, .reading, .asking, .failed: look.say("What would change", "将会改变什么")
        }
    }

    var trailing: String {
        guard let question = prepare.question, question.id != .write, question.count > 0 else { return "" }
        let count = Figures.count(question.count)
        return look.say("\(count) \(question.count == 1 ? "record" : "records")", "\(count) 条记录")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        var rest = area.inset(left: 1, right: 1)
        if let question = prepare.question, !question.examples.isEmpty {
            for example in question.examples where rest.height > 1 {
                _ = rest.takeTop(draw(example, in: rest, on: &surface) + (rest.height > 12 ? 1 : 0))
            }
        } else if let preparation = prepare.preparation {
            drawOutcome(preparation, in: rest, on: &surface)
        }
    }

    // MARK: -

    private func draw(_ example: PrepareExample, in area: Rect, on surface: inout Surface) -> Int {
        let captions = [look.say("before", "修改前"), look.say("after", "修改后")]
        let indent = (captions.map { surface.measure.columns(of: $0) }.max() ?? 6) + 2
        let rows = area.height > 12 ? 3 : 1
        let before = shown(example.before, example.field)
        var rest = area
        surface.write(captions[0], in: rest.row(0), style: look[.muted])
        let isAtEnd =
            example.after.map { Self.changesEnd(shown(example.before, example.field), shown($0, example.field)) }
            ?? false
        let used = write(before, atEnd: isAtEnd, in: rest.inset(left: indent), rows: rows, role: .text, on: &surface)
        _ = rest.takeTop(used)
        surface.write(captions[1], in: rest.row(0), style: look[.muted])
        let text = rest.inset(left: indent)
        guard let after = example.after else {
            surface.write(look.say("left out", "删去"), in: text.row(0), style: look[.warning])
            return used + 1
        }
        return used
            + write(shown(after, example.field), atEnd: isAtEnd, in: text, rows: rows, role: .text, on: &surface)
    }

    /// Where the two differ only in their last letters, the end is what must be seen.
    private static func changesEnd(_ before: String, _ after: String) -> Bool {
        zip(before, after).prefix { $0 == $1 }.count > 20
    }

    private func shown(_ pair: PrepareExample.Pair, _ field: PrepareExample.Field) -> String {
        switch field {
        case .prompt: pair.prompt
        case .completion: pair.completion
        case .record: pair.prompt + " → " + pair.completion
        case .conversation: pair.prompt
        }
    }

    /// Spaces and line ends at either end are what this is mostly about, so they are made visible there.
    private func write(
        _ text: String, atEnd: Bool, in area: Rect, rows: Int, role: Role, on surface: inout Surface
    ) -> Int {
        let head = text.prefix { $0 == " " || $0.isNewline }
        let tail = String(text.dropFirst(head.count).reversed().prefix { $0 == " " || $0.isNewline }.reversed())
        let middle = String(text.dropFirst(head.count).dropLast(tail.count).map { $0.isNewline ? "⏎" : $0 })
        let edge: (Substring) -> String = { String($0.map { $0 == " " ? "␣" : "⏎" }) }
        let whole = edge(head) + middle + edge(Substring(tail))
        if atEnd {
            surface.write(whole, in: area.row(0), style: look[role], overflow: .leadingEllipsis)
            return 1
        }
        return surface.writeWrapped(
            whole, in: Rect(x: area.x, y: area.y, width: area.width, height: min(rows, area.height)), style: look[role])
    }

    private func drawOutcome(_ preparation: Preparation, in area: Rect, on surface: inout Surface) {
        let outcome = preparation.outcome
        var lines: [(String, String)] = []
        lines.append(
            (look.say("records", "记录"), "\(Figures.count(outcome.recordsRead)) → \(Figures.count(outcome.records))"))
        for (file, count) in zip(outcome.files, outcome.fileRecords) {
            let name = file.split(separator: "/").last.map(String.init) ?? file
            lines.append((look.say("file", "文件"), "\(name) (\(Figures.count(count)))"))
        }
        let reveal: (String) -> String = { "“" + $0.replacing("\n", with: "⏎") + "”" }
        if let separator = outcome.separator { lines.append((look.say("prompts end with", "提问结尾"), reveal(separator))) }
        if let ending = outcome.ending { lines.append((look.say("answers end with", "回答结尾"), reveal(ending))) }
        let indent = (lines.map { surface.measure.columns(of: $0.0) }.max() ?? 0) + 2
        for (row, line) in lines.enumerated() {
            surface.write(line.0, in: area.row(row), style: look[.muted])
            surface.write(line.1, in: area.row(row).inset(left: indent), style: look[.text])
        }
    }
}
