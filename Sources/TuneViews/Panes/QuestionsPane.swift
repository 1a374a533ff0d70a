import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// The prepare questions: answered ones stay visible, the one on show is told in full.
struct QuestionsPane: PaneView {
    let prepare: Prepare.State
    /// The dataset that could be prepared while none is.
    let candidate: String?
    let look: Look

    var title: String {
        prepare.path.isEmpty
            ? look.say("Prepare", "整理") : look.say("Prepare \(prepare.name)", "整理 \(prepare.name)")
    }

    var trailing: String {
        guard case .asking(let preparation, let index) = prepare.phase else { return "" }
        return look.say(
            "\(index + 1) of \(preparation.questions.count)", "第 \(index + 1) 题，共 \(preparation.questions.count) 题")
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: look[.background])
        let inside = area.inset(left: 1, right: 1)
        switch prepare.phase {
        case .idle: say(idleText, .muted, in: inside, on: &surface)
        case .reading:
            say(readingText, .muted, in: inside, on: &surface)
        case .failed(let why):
            let used = surface.writeWrapped("✗ " + look.say(why.what), in: inside, style: look[.error])
            say(look.say(why.next), .text, in: inside.inset(top: used + 1), on: &surface)
        case .asking(let preparation, let index):
            draw(preparation.questions, at: index, in: inside, on: &surface)
        case .writing(let preparation):
            draw(preparation.questions, at: nil, in: inside, on: &surface)
        case .written(let preparation, let files):
            let used = draw(preparation.questions, at: nil, in: inside, on: &surface)
            draw(files, in: inside.inset(top: used + (used > 0 ? 1 : 0)), on: &surface)
        }
    }

    // MARK: -

    private func say(_ text: String, _ role: Role, in area: Rect, on surface: inout Surface) {
        surface.writeWrapped(text, in: area, style: look[role])
    }

    private var readingText: String {
        let share = Figures.percent(prepare.progress)
        return look.say("Reading \(prepare.name) … \(share)", "正在读取 \(prepare.name)… \(share)")
    }

    private var idleText: String {
        guard let candidate else {
            return look.say(
                "Open a dataset first: 1 goes to Data, where s opens the sample and o a file.",
                "请先打开数据集：按 1 转到数据页，s 打开示例，o 打开文件。")
        }
        return look.say(
            "Press p to look through \(candidate). A few questions follow, one at a time; the file itself is never changed.",
            "按 p 检查 \(candidate)。随后会逐个提出几个问题，原文件不会被改动。")
    }

    /// Gives back the rows it took.
    @discardableResult
    private func draw(
        _ questions: [PrepareQuestion], at current: Int?, in area: Rect, on surface: inout Surface
    ) -> Int {
        var rest = area
        // When there are more than fit, the ones long answered go first.
        let hidden = max(0, min(current ?? 0, questions.count + 4 - area.height))
        for (index, question) in questions.enumerated() where index >= hidden && !rest.isEmpty {
            if index == current {
                _ = rest.takeTop(drawOpen(question, number: index + 1, in: rest, on: &surface))
            } else {
                drawLine(
                    question, number: index + 1, isLater: current.map { index > $0 } ?? false, in: rest.row(0),
                    on: &surface)
                _ = rest.takeTop(1)
            }
        }
        return area.height - rest.height
    }

    private func drawLine(
        _ question: PrepareQuestion, number: Int, isLater: Bool, in row: Rect, on surface: inout Surface
    ) {
        let (mark, role): (String, Role) = isLater ? (" ", .muted) : question.isAccepted ? ("✓", .good) : ("–", .muted)
        surface.write(mark, in: row, style: look[role])
        surface.write(
            "\(number)", in: Rect(x: row.x + 2, y: row.y, width: 2, height: 1), style: look[.muted], alignment: .right)
        let style = look[isLater || !question.isAccepted ? .muted : .text]
        let used = surface.write(look.say(question.action), in: row.inset(left: 6), style: style)
        guard question.count > 0, question.id != .write else { return }
        let count = Figures.count(question.count)
        surface.write(
            look.say("\(count) \(question.count == 1 ? "record" : "records")", "\(count) 条记录"),
            in: row.inset(left: 6 + used + 2), style: look[.muted], alignment: .right)
    }

    private func drawOpen(
        _ question: PrepareQuestion, number: Int, in area: Rect, on surface: inout Surface
    ) -> Int {
        surface.write("▸", in: area.row(0), style: look[.accent])
        surface.write(
            "\(number)", in: Rect(x: area.x + 2, y: area.y, width: 2, height: 1), style: look[.accent],
            alignment: .right)
        var rest = area.inset(left: 6)
        _ = rest.takeTop(surface.writeWrapped(look.say(question.title), in: rest, style: look[.strong]))
        _ = rest.takeTop(surface.writeWrapped(look.say(question.why), in: rest, style: look[.muted]))
        let choices = rest.row(0)
        var x = choices.x
        for (key, word) in [("y", look.say("yes", "是")), ("n", look.say("no", "否"))] {
            x += surface.write(key, in: choices.inset(left: x - choices.x), style: look[.key]) + 1
            x += surface.write(word, in: choices.inset(left: x - choices.x), style: look[.text]) + 3
        }
        if !question.suggestion {
            let hint = look.say("(suggested: no)", "（建议：否）")
            surface.write(hint, in: choices.inset(left: x - choices.x), style: look[.muted])
        }
        _ = rest.takeTop(2)
        return area.height - rest.height
    }

    private func draw(_ files: PreparedFiles, in area: Rect, on surface: inout Surface) {
        var lines: [(String, Role)] = []
        if files.isWritten {
            let names = [files.training, files.validation].compactMap {
                $0?.split(separator: "/").last.map(String.init)
            }
            let records = Figures.count(files.trainingRecords + files.validationRecords)
            let text = names.joined(separator: look.say(" and ", " 和 "))
            lines.append((look.say("✓ \(text): \(records) records", "✓ 已写入 \(text)：\(records) 条记录"), .good))
        } else {
            lines.append(
                (look.say("✓ Nothing to change: the file can be trained as it is.", "✓ 无需修改：该文件可以直接用于训练。"), .good))
        }
        if let cost = prepare.cost { lines.append((look.say(cost), .muted)) }
        lines.append((look.say("Press t to train a model on it.", "按 t 用它训练模型。"), .strong))
        var rest = area
        for (text, role) in lines { _ = rest.takeTop(surface.writeWrapped(text, in: rest, style: look[role])) }
    }
}
