import TuneModel

/// The facts that are told about a file before anything is asked.
struct Notices {
    let plan: PreparePlan
    let dataset: Dataset

    private var format: Format { dataset.format }

    private var survey: Survey { plan.survey }

    var findings: [Finding] {
        [count, dataset.notices, columns, task].flatMap { $0 } + rows + plan.surveys.close.findings + texts + edges
    }

    // MARK: - The file

    private var count: [Finding] {
        let n = survey.rows.grouped
        var findings = [
            note(
                "records", .note,
                Wording(
                    "The file holds \(n) prompt–completion \(survey.rows == 1 ? "pair" : "pairs").", "文件中有 \(n) 对提问与回答。"
                ))
        ]
        if survey.rows < 100 {
            findings.append(
                note(
                    "few-records", .warning,
                    Wording(
                        "A few hundred would be better; each doubling of good records improves the model by about the same step.",
                        "最好有几百条；好数据每翻一倍，模型大约会进步同样的一步。")))
        }
        if format != .jsonl {
            findings.append(
                note(
                    "other-format", .note,
                    Wording(
                        "It is a .\(format.rawValue) file and will be written as JSON lines.",
                        "这是 .\(format.rawValue) 文件，将写成每行一条的 JSON。")))
        }
        return findings
    }

    private var columns: [Finding] {
        var findings: [Finding] = []
        for (key, name) in [(survey.promptKey, "prompt"), (survey.completionKey, "completion")]
        where key != Array(name.utf8) {
            let found = shown(String(decoding: key, as: UTF8.self))
            findings.append(
                note(
                    "renamed-key", .note,
                    Wording("The key `\(found)` will be written as `\(name)`.", "键 `\(found)` 将写成 `\(name)`。")))
        }
        if !survey.otherKeys.isEmpty {
            let names = survey.otherKeys.prefix(10).map { "`\(shown($0))`" }
            let rest = survey.otherKeys.count - names.count
            findings.append(
                note(
                    "other-keys", .note,
                    Wording(
                        "These keys are not trained and will be left out: \(names.joined(separator: ", "))"
                            + (rest > 0 ? " and \(rest) more." : "."),
                        "以下键不参与训练，将被略去：\(names.joined(separator: "、"))"
                            + (rest > 0 ? " 等 \(rest + names.count) 个。" : "。"))))
        }
        return findings
    }

    private var task: [Finding] {
        switch survey.task {
        case .openEnded:
            [
                note(
                    "open-ended", .note,
                    Wording(
                        "The prompts are empty: the model will learn to write freely.", "提问全部为空：模型将学习自由写作。"))
            ]
        case .classification(let classes):
            [
                note(
                    "classification", .note,
                    Wording(
                        "This looks like sorting into \(classes.grouped) \(classes == 1 ? "class" : "classes"): a small base model is enough, and some records should be set apart to check with.",
                        "这像是分为 \(classes.grouped) 类的分类任务：小的基础模型就够用，并应留出一部分记录用于验证。"))
            ]
                + (classes > 1
                    ? []
                    : [
                        note(
                            "one-class", .warning,
                            Wording("All completions are the same, so there is nothing to learn.", "所有回答都相同，没有可学的内容。"))
                    ])
        case .conditional, .conversations, .preferences: []
        }
    }

    // MARK: - Rows

    private var rows: [Finding] {
        var findings: [Finding] = []
        add("oversized-line", .error, survey.oversized, to: &findings) { n, _ in
            Wording(
                "\(n) \(survey.oversized.count == 1 ? "line is" : "lines are") longer than \(LineReader.lineLimit >> 20) MB and will be left out.",
                "\(n) 行超过 \(LineReader.lineLimit >> 20) MB，将被略去。")
        }
        if !survey.hasNoPrompts {
            add("missing-prompt", .error, survey.noPrompt, to: &findings) { n, rows in
                Wording(
                    "\(n) \(rows) no prompt (it is missing or null) and will be left out.",
                    "\(n) 条记录没有提问（缺失或为 null），将被略去。")
            }
        }
        add("missing-completion", .error, survey.noCompletion, to: &findings) { n, rows in
            Wording(
                "\(n) \(rows) no completion (it is missing or null) and will be left out.",
                "\(n) 条记录没有回答（缺失或为 null），将被略去。")
        }
        add("empty-completion", .error, survey.emptyCompletion, to: &findings) { n, rows in
            Wording("\(n) \(rows) an empty completion and will be left out.", "\(n) 条记录的回答为空，将被略去。")
        }
        add("not-text", .warning, survey.converted, to: &findings) { n, rows in
            Wording(
                "\(n) \(rows) a number, a list or the like in place of a text; it will be written as text.",
                "\(n) 条记录的值是数字、列表等而不是文本，将按文本写入。")
        }
        add("control-characters", .warning, plan.surveys.plain.unclean, to: &findings) { n, rows in
            Wording(
                "\(n) \(rows) control characters, terminal escapes or broken characters.", "\(n) 条记录含有控制字符、终端转义序列或损坏字符。"
            )
        }
        add("duplicates", .warning, survey.duplicateRows, to: &findings) { n, _ in
            Wording(
                "\(n) \(survey.duplicateRows.count == 1 ? "record repeats" : "records repeat") an earlier one.",
                "\(n) 条记录与前面的重复。")
        }
        if survey.offersLong {
            add("long-records", .warning, survey.longRows, to: &findings) { n, rows in
                Wording("\(n) \(rows) more than 10,000 characters.", "\(n) 条记录超过 10,000 个字符。")
            }
        }
        add("emptied-completion", .warning, survey.emptiedRows, to: &findings) { n, rows in
            let start = quoted(survey.sharedCompletionStart)
            return Wording(
                "\(n) \(rows) nothing in the completion but \(start), with which all completions begin.",
                "\(n) 条记录的回答只有 \(start)，也就是所有回答共有的开头。")
        }
        return findings
    }

    private func add(
        _ id: String, _ severity: Finding.Severity, _ list: RowList, to findings: inout [Finding],
        _ summary: (String, String) -> Wording
    ) {
        guard list.count > 0 else { return }
        findings.append(
            Finding(
                id: id, severity: severity,
                summary: summary(list.count.grouped, list.count == 1 ? "record has" : "records have"), rows: list.rows,
                count: list.count))
    }

    // MARK: - Texts

    private var texts: [Finding] {
        var findings: [Finding] = []
        if survey.promptCase.isMostlyUpper {
            findings.append(
                note("uppercase-prompts", .warning, Wording("The prompts are largely in capitals.", "提问大多是大写字母。")))
        }
        if survey.completionCase.isMostlyUpper {
            findings.append(
                note(
                    "uppercase-completions", .warning, Wording("The completions are largely in capitals.", "回答大多是大写字母。")
                ))
        }
        return findings
    }

    private var edges: [Finding] {
        var findings: [Finding] = []
        if survey.task != .openEnded {
            findings += edge(
                "separator", survey.promptSuffix, survey.separator, recurs: survey.promptSuffixRecurs,
                Wording("prompts", "提问"))
        }
        if survey.offersPromptPrefix || (!survey.promptPrefix.isEmpty && !survey.promptsAreSame) {
            findings.append(
                note(
                    "prompt-prefix", survey.offersPromptPrefix ? .warning : .note,
                    Wording(
                        "All prompts begin with \(quoted(survey.promptPrefix)).",
                        "所有提问都以 \(quoted(survey.promptPrefix)) 开头。")))
        }
        if survey.offersCompletionPrefix {
            findings.append(
                note(
                    "completion-prefix", .warning,
                    Wording(
                        "All completions begin with \(quoted(survey.completionPrefix)).",
                        "所有回答都以 \(quoted(survey.completionPrefix)) 开头。")))
        }
        if survey.task == .conditional {
            findings += edge(
                "ending", survey.completionSuffix, survey.ending, recurs: survey.completionSuffixRecurs,
                Wording("completions", "回答"))
        }
        if survey.needsSpace {
            findings.append(
                note(
                    "no-leading-space", .warning,
                    Wording("Not all completions begin with a space.", "并非所有回答都以空格开头。")))
        }
        return findings
    }

    private func edge(
        _ id: String, _ suffix: [UInt8], _ candidate: [UInt8], recurs: Bool, _ column: Wording
    ) -> [Finding] {
        guard !suffix.isEmpty else {
            return [
                note(
                    "no-\(id)", .warning,
                    Wording("The \(column.english) have no common ending.", "\(column.chinese)没有共同的结尾。"))
            ]
        }
        var findings = [
            note(
                id, .good,
                Wording(
                    "All \(column.english) end with \(quoted(suffix)).", "所有\(column.chinese)都以 \(quoted(suffix)) 结尾。"))
        ]
        if scalars(suffix) > 10 {
            findings.append(
                note(
                    "long-\(id)", .warning,
                    Wording(
                        "That ending is long; \(quoted(candidate)) would do.", "这个结尾较长，用 \(quoted(candidate)) 即可。")))
        }
        if recurs {
            findings.append(
                note(
                    "\(id)-recurs", .warning,
                    Wording(
                        "Some \(column.english) have \(quoted(suffix)) in the middle as well, so that it does not mark the end.",
                        "有的\(column.chinese)中间也出现 \(quoted(suffix))，无法用它判断结尾。")))
        }
        return findings
    }

    private func note(_ id: String, _ severity: Finding.Severity, _ summary: Wording) -> Finding {
        Finding(id: id, severity: severity, summary: summary)
    }
}
