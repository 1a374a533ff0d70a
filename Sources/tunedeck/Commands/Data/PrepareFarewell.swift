import Foundation
import TuneData
import TuneModel

/// What is said at the end of preparing: what was written, and what to do next.
struct PrepareFarewell {
    let console: Console
    let preparation: Preparation
    let files: PreparedFiles
    /// What training will take; nil where it is not known, or nobody asked.
    var cost: PrepareCost?
    /// Whether to say what the classic tool would.
    var tellsClassicEstimate = false

    private var outcome: PrepareOutcome { preparation.outcome }

    func say() {
        console.say("")
        if files.isWritten {
            tellFiles()
        } else if outcome.isChanged {
            return console.say(Wording("Nothing was written, as you wished.", "已按你的选择，没有写入任何文件。"))
        } else {
            console.say(Wording("The file can be trained as it is.", "该文件可以直接用于训练。"))
        }
        tellHints()
        tellClassicEstimate()
        tellCost()
        let validation = files.validation.map { " -v \(Self.quoted($0))" } ?? ""
        console.say(Wording("Next:", "下一步："))
        console.say(
            "  tunedeck jobs create -t \(Self.quoted(files.training))\(validation) -m \(cost?.model ?? "smollm2-135m")")
    }

    /// The classic tool's own line, for those who are used to it.
    private func tellClassicEstimate() {
        guard tellsClassicEstimate, outcome.task.isClassic else { return }
        let (number, unit) = PrepareOutcome.classicSpelling(outcome.classicSeconds)
        let chinese = ["seconds": "秒", "minutes": "分钟", "hours": "小时", "days": "天"][unit] ?? unit
        console.say(
            Wording(
                "The classic service would take about \(number) \(unit) to train a `curie` model, and less for `ada` and `babbage`; its queue took about half an hour for each job ahead.",
                "经典服务训练 `curie` 模型约需 \(number) \(chinese)，`ada` 和 `babbage` 更短；排队时前面每个任务约需半小时。"))
    }

    private func tellCost() {
        guard let cost else { return }
        console.say(cost.training)
        if let elsewhere = cost.elsewhere { console.say(elsewhere) }
    }

    private func tellFiles() {
        tell(files.training, files.trainingRecords)
        if let validation = files.validation { tell(validation, files.validationRecords) }
    }

    private func tell(_ path: String, _ count: Int) {
        console.say(
            Wording(
                "Wrote \(shown(path)): \(count.grouped) \(count == 1 ? "record" : "records").",
                "已写入 \(shown(path))：\(count.grouped) 条记录。"))
    }

    /// How the trained model is to be asked.
    private func tellHints() {
        var words = "tunedeck ask -m ft:…"
        if let separator = outcome.separator {
            words += " -p " + Self.quoted("…" + separator)
            console.say(
                Wording(
                    "All prompts end with “\(shown(separator))”: end the ones you ask the model with it, too.",
                    "所有提问都以“\(shown(separator))”结尾：向模型提问时也请这样结尾。"))
        }
        if let ending = outcome.ending {
            if outcome.separator == nil { words += " -p \"…\"" }
            words += " --stop " + Self.quoted(ending)
            console.say(
                Wording(
                    "All completions end with “\(shown(ending))”: stop the answers there.",
                    "所有回答都以“\(shown(ending))”结尾：请让回答在此停下。"))
        }
        guard outcome.separator != nil || outcome.ending != nil else { return }
        console.say(Wording("Once trained, ask it so:", "训练完成后这样提问："))
        console.say("  " + words)
    }

    /// For a shell, in the quotes that people know as long as the text lets.
    static func quoted(_ text: String) -> String {
        let isSpecial: (Unicode.Scalar) -> Bool = {
            $0.value < 0x20 || $0.value == 0x7f || "\"\\$`!".unicodeScalars.contains($0)
        }
        return text.unicodeScalars.contains(where: isSpecial) ? Shell.quoted(text) : "\"\(text)\""
    }
}

extension PrepareOutcome.Task {
    /// Whether the classic tool knew such records.
    fileprivate var isClassic: Bool {
        switch self {
        case .openEnded, .classification, .conditional: true
        case .conversations, .preferences: false
        }
    }
}
