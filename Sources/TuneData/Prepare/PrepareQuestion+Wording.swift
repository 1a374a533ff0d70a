import TuneModel

extension PrepareQuestion.ID {
    /// The questions about prompts and completions, in the order in which they are asked and applied.
    static let repairs: [PrepareQuestion.ID] = [
        .cleanText, .removeDuplicates, .removeNear, .removeLong, .removeTooLong, .lowercasePrompts,
        .lowercaseCompletions,
        .addSeparator, .removePromptPrefix, .removeCompletionPrefix, .addEnding, .addSpace,
    ]

    var field: PrepareExample.Field {
        switch self {
        case .lowercasePrompts, .addSeparator, .removePromptPrefix: .prompt
        case .lowercaseCompletions, .removeCompletionPrefix, .addEnding, .addSpace: .completion
        case .cleanText, .removeDuplicates, .removeNear, .removeLong, .removeTooLong, .split, .setApart, .write: .record
        case .mapRoles, .removeEmptyTurns, .joinTurns, .stripText, .setSystem, .removeUntrainable, .removeEqualAnswers:
            .conversation
        }
    }

    func title(_ survey: Survey, count: Int) -> Wording {
        let n = count.grouped
        return switch self {
        case .cleanText:
            Wording(
                "Take control characters, terminal escapes and broken characters out of \(n) \(records(count))?",
                "清除 \(n) 条记录中的控制字符、终端转义序列和损坏字符？")
        case .removeDuplicates:
            Wording(
                "Remove \(n) \(records(count)) that repeat\(count == 1 ? "s" : "") an earlier one?",
                "删除 \(n) 条与前面重复的记录？")
        case .removeNear:
            Wording(
                "Remove \(n) \(records(count)) that say\(count == 1 ? "s" : "") nearly the same as an earlier one?",
                "删除 \(n) 条与前面几乎相同的记录？")
        case .removeTooLong:
            Wording(
                "Remove \(n) \(records(count)) with more tokens than the model takes?", "删除 \(n) 条超出模型词元上限的记录？")
        case .removeLong:
            Wording(
                "Remove \(n) \(records(count)) longer than 10,000 characters?", "删除 \(n) 条超过 10,000 个字符的记录？")
        case .lowercasePrompts:
            Wording("Write \(n) \(count == 1 ? "prompt" : "prompts") in lower case?", "把 \(n) 条提问改为小写？")
        case .lowercaseCompletions:
            Wording(
                "Write \(n) \(count == 1 ? "completion" : "completions") in lower case?", "把 \(n) 条回答改为小写？")
        case .addSeparator:
            Wording(
                "Let \(every(count, "prompt")) end with \(quoted(survey.separator))?",
                "让全部 \(n) 条提问都以 \(quoted(survey.separator)) 结尾？")
        case .removePromptPrefix:
            Wording(
                "Remove \(quoted(survey.promptPrefix)) from the start of \(every(count, "prompt"))?",
                "去掉全部 \(n) 条提问开头的 \(quoted(survey.promptPrefix))？")
        case .removeCompletionPrefix:
            Wording(
                "Remove \(quoted(survey.completionPrefix)) from the start of \(every(count, "completion"))?",
                "去掉全部 \(n) 条回答开头的 \(quoted(survey.completionPrefix))？")
        case .addEnding:
            Wording(
                "Let \(every(count, "completion")) end with \(quoted(survey.ending))?",
                "让全部 \(n) 条回答都以 \(quoted(survey.ending)) 结尾？")
        case .addSpace:
            Wording(
                "Let \(n) \(count == 1 ? "completion" : "completions") begin with a space?", "让 \(n) 条回答以空格开头？")
        case .mapRoles, .removeEmptyTurns, .joinTurns, .stripText, .setSystem, .removeUntrainable, .removeEqualAnswers,
            .split, .setApart, .write:
            Wording(verbatim: "")
        }
    }

    func why(_ survey: Survey, emptied: Int) -> Wording {
        switch self {
        case .cleanText:
            Wording(
                "They come from terminals and bad copies, mean nothing, and the model would learn to write them.",
                "它们来自终端输出或错误的复制，没有意义，模型却会学着写出来。")
        case .removeDuplicates:
            Wording("The model would take repeated records for more important.", "重复的记录会让模型误以为它们更重要。")
        case .removeNear:
            Wording(
                "They teach little more than the first, and the model may take them for more important. Do so when they are copies; keep them when their small differences matter.",
                "它们几乎不带来新内容，还会让模型误以为更重要。如果只是复制品就删除；如果细微差别有意义则保留。")
        case .removeTooLong:
            Wording(
                "Kept, they are cut from the left of the prompt, and the rest is learned.", "若保留，会从提问左侧截断，只学习其余部分。")
        case .removeLong:
            Wording(
                "They do not fit into the model's window, so that it would see only a part of them.",
                "它们超出模型的窗口长度，模型只能看到其中一部分。")
        case .lowercasePrompts, .lowercaseCompletions:
            Wording(
                "More than a third of the letters are capitals; models know words better in their usual spelling. Separators and endings stay.",
                "超过三分之一的字母是大写，而模型更熟悉常规写法的单词。分隔符和结束标记保持不变。")
        case .addSeparator:
            Wording(
                "A mark that occurs nowhere else tells the model where the prompt ends and its answer begins.",
                "用一个别处不出现的标记，告诉模型提问在哪里结束、回答从哪里开始。")
        case .removePromptPrefix:
            Wording(
                "A fine-tuned model needs no instruction that is the same every time; it only costs tokens.",
                "微调后的模型不需要每次都相同的指令，它只会多占词元。")
        case .removeCompletionPrefix:
            Wording(
                "The model would spend tokens on writing the same words every time.", "否则模型每次都要先写同样的开头，浪费词元。")
                + (emptied == 0
                    ? Wording(verbatim: "")
                    : Wording(
                        " \(emptied.grouped) \(records(emptied)) hold\(emptied == 1 ? "s" : "") nothing else, and would be left out.",
                        "其中 \(emptied.grouped) 条除此之外没有内容，将被略去。"))
        case .addEnding:
            Wording(
                "An ending that occurs nowhere else teaches the model when to stop.", "用一个别处不出现的结束标记，教模型何时停下。")
        case .addSpace:
            Wording(
                "It lets the tokenizer use the common form of a first word.", "这样分词器能使用首个单词的常见形式。")
        case .mapRoles, .removeEmptyTurns, .joinTurns, .stripText, .setSystem, .removeUntrainable, .removeEqualAnswers,
            .split, .setApart, .write:
            Wording(verbatim: "")
        }
    }

    func action(_ survey: Survey) -> Wording {
        switch self {
        case .cleanText: Wording("clean the texts", "清理文本")
        case .removeDuplicates, .removeNear, .removeLong, .removeTooLong, .removeUntrainable, .removeEqualAnswers:
            Wording("remove", "删除")
        case .mapRoles: Wording("name the speakers", "统一角色")
        case .removeEmptyTurns: Wording("drop empty turns", "去掉空发言")
        case .joinTurns: Wording("join turns", "合并发言")
        case .stripText: Wording("take off outer spaces", "去掉首尾空白")
        case .setSystem: Wording("one system prompt", "统一系统提示")
        case .setApart: Wording("set apart", "留出")
        case .lowercasePrompts: Wording("prompts in lower case", "提问改小写")
        case .lowercaseCompletions: Wording("completions in lower case", "回答改小写")
        case .addSeparator: Wording("add \(quoted(survey.separator))", "加上 \(quoted(survey.separator))")
        case .removePromptPrefix:
            Wording("remove \(quoted(survey.promptPrefix))", "去掉 \(quoted(survey.promptPrefix))")
        case .removeCompletionPrefix:
            Wording("remove \(quoted(survey.completionPrefix))", "去掉 \(quoted(survey.completionPrefix))")
        case .addEnding: Wording("add \(quoted(survey.ending))", "加上 \(quoted(survey.ending))")
        case .addSpace: Wording("add a space", "加空格")
        case .split: Wording("split", "拆分")
        case .write: Wording("write", "写入")
        }
    }

    // MARK: - The last ones

    static func setApartTitle(_ parts: (training: Int, validation: Int)) -> Wording {
        Wording(
            "Set about \(parts.validation.grouped) of \((parts.training + parts.validation).grouped) records apart to check with?",
            "从 \((parts.training + parts.validation).grouped) 条记录中留出约 \(parts.validation.grouped) 条用于验证？")
    }

    static var setApartWhy: Wording {
        Wording(
            "Records that were not learned show whether the model only repeats. Those of the same prompt, and nearly the same ones, stay together.",
            "没有学过的记录能看出模型是否只会背诵。提问相同或几乎相同的记录会留在同一边。")
    }

    static func splitTitle(_ classes: Int, _ parts: (training: Int, validation: Int)) -> Wording {
        Wording(
            "Split into \(parts.training.grouped) records to train on and \(parts.validation.grouped) to check with?",
            "拆分为 \(parts.training.grouped) 条训练记录和 \(parts.validation.grouped) 条验证记录？")
    }

    static var splitWhy: Wording {
        Wording(
            "The records sort things into a few classes; records set apart show whether the model has learned to.",
            "这些记录是在做少数几类的分类；留出一部分才能看出模型是否学会了。")
    }

    static func writeTitle(_ outcome: PrepareOutcome) -> Wording {
        let names = outcome.files.map { shown($0.split(separator: "/").last.map(String.init) ?? $0) }
        let n = outcome.records.grouped
        return Wording(
            "Write \(names.joined(separator: " and ")) (\(n) \(records(outcome.records)))?",
            "写入 \(names.joined(separator: " 和 "))（\(n) 条记录）？")
    }

    static var writeWhy: Wording {
        Wording("A new file; yours stays as it is.", "这是新文件，原文件保持不变。")
    }
}

private func every(_ count: Int, _ noun: String) -> String {
    count == 1 ? "the one \(noun)" : "all \(count.grouped) \(noun)s"
}

private func records(_ count: Int) -> String { count == 1 ? "record" : "records" }

/// A mark for a sentence, in quotes, with line ends as signs.
func quoted(_ mark: [UInt8]) -> String {
    let text = String(decoding: mark, as: UTF8.self)
    guard text.count > 60 else { return "“\(shown(text))”" }
    return "“\(shown(String(text.prefix(57))))…”"
}
