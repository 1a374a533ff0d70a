import TuneModel

/// The words of the questions about conversations and preferences.
struct ChatWording {
    let survey: ChatSurvey
    let id: PrepareQuestion.ID
    let count: Int

    private var n: String { count.grouped }
    private var records: String { count == 1 ? "record" : "records" }

    var title: Wording {
        switch id {
        case .cleanText:
            Wording(
                "Take control characters, terminal escapes and broken characters out of \(n) \(records)?",
                "清除 \(n) 条记录中的控制字符、终端转义序列和损坏字符？")
        case .mapRoles:
            Wording(
                "Name the speakers of \(n) \(records) as models know them: \(roles.joined(separator: ", "))?",
                "把 \(n) 条记录的角色改成模型认识的名称：\(roles.joined(separator: "、"))？")
        case .removeEmptyTurns:
            Wording("Drop the empty turns of \(n) \(records)?", "去掉 \(n) 条记录中的空发言？")
        case .joinTurns:
            Wording(
                "Join turns of the same speaker that follow one another, in \(n) \(records)?",
                "把 \(n) 条记录中同一角色的连续发言合并？")
        case .stripText:
            Wording(
                "Take spaces and empty lines off the ends of turns in \(n) \(records)?", "去掉 \(n) 条记录中发言首尾的空白？")
        case .setSystem:
            Wording("Let \(n) \(records) begin with the system prompt \(system)?", "让 \(n) 条记录以系统提示 \(system) 开头？")
        case .removeUntrainable:
            Wording("Remove \(n) \(records) that cannot be trained?", "删除 \(n) 条无法训练的记录？")
        case .removeEqualAnswers:
            Wording(
                "Remove \(n) \(records) whose preferred and rejected answers are the same?", "删除 \(n) 条优选与落选回答相同的记录？")
        case .removeDuplicates:
            Wording("Remove \(n) \(records) that repeat\(count == 1 ? "s" : "") an earlier one?", "删除 \(n) 条与前面重复的记录？")
        case .removeNear:
            Wording(
                "Remove \(n) \(records) that say\(count == 1 ? "s" : "") nearly the same as an earlier one?",
                "删除 \(n) 条与前面几乎相同的记录？")
        default:
            Wording("Remove \(n) \(records) with more tokens than the model takes?", "删除 \(n) 条超出模型词元上限的记录？")
        }
    }

    var why: Wording {
        switch id {
        case .cleanText:
            Wording(
                "They come from terminals and bad copies, mean nothing, and the model would learn to write them.",
                "它们来自终端输出或错误的复制，没有意义，模型却会学着写出来。")
        case .mapRoles:
            Wording(
                "A chat template knows system, user, assistant and tool; other names cannot be trained.",
                "对话模板只认识 system、user、assistant 和 tool，其他角色无法训练。")
        case .removeEmptyTurns:
            Wording("Nobody says nothing; the model would learn to.", "没有内容的发言会让模型学会不回答。")
        case .joinTurns:
            Wording(
                "Models expect user and assistant to take turns; a blank line is put between what is joined.",
                "模型期望 user 与 assistant 轮流发言；合并处以空行分隔。")
        case .stripText:
            Wording("The chat template sets turns apart; other space only costs tokens.", "对话模板已分隔各次发言，多余的空白只会多占词元。")
        case .setSystem:
            Wording(
                "With one system prompt throughout, the model learns what belongs to it. Those that differ are replaced.",
                "统一的系统提示让模型明确自己的身份；不同的会被替换。")
        case .removeUntrainable:
            Wording(
                "They are broken, have no answer of the assistant, or speakers that no model knows; training would stop at them.",
                "它们已损坏、没有 assistant 的回答，或含有模型不认识的角色，训练会在此停下。")
        case .removeEqualAnswers:
            Wording("There is nothing to prefer.", "两者相同，无从比较。")
        case .removeDuplicates:
            Wording("The model would take repeated records for more important.", "重复的记录会让模型误以为它们更重要。")
        case .removeNear: id.why(Survey(), emptied: 0)
        default:
            Wording(
                "They would be cut, and the model would learn answers without their questions.",
                "它们会被截断，模型将学到没有提问的回答。")
        }
    }

    var action: Wording {
        switch id {
        case .setSystem: Wording("system prompt \(system)", "系统提示 \(system)")
        case .removeUntrainable: Wording("remove what cannot be trained", "删除无法训练的")
        case .removeEqualAnswers: Wording("remove equal answers", "删除相同的回答")
        case .removeDuplicates: Wording("remove duplicates", "删除重复")
        case .removeNear: Wording("remove near-duplicates", "删除近似重复")
        case .removeTooLong: Wording("remove over-long ones", "删除过长的")
        default: id.action(Survey())
        }
    }

    private var system: String { quoted(Array((survey.system ?? "").utf8)) }

    private var roles: [String] {
        survey.otherRoles.map { "\(shown($0)) → \(ChatRepairs.role(for: $0) ?? $0)" }
    }
}
