import TuneModel

extension Command {
    /// How the commands of the screens Ask and Compare are called.
    var answerWords: CommandWords {
        switch self {
        case .ask:
            CommandWords(Wording("Ask", "提问"), Wording("ask", "提问"), shell: "tunedeck ask -m MODEL -p PROMPT")
        case .askAgain: CommandWords(Wording("Ask the same again", "再问一次"), Wording("again", "再问一次"))
        case .typePrompt: CommandWords(Wording("Type a prompt", "输入问题"), Wording("type", "输入"))
        case .stopAnswer: CommandWords(Wording("Stop the answer", "停止回答"), Wording("stop", "停止"))
        case .chooseModel: CommandWords(Wording("Choose whom to ask", "选择要提问的模型"), Wording("model", "模型"))
        case .toggleBefore:
            CommandWords(
                Wording("Ask the base model too: before and after", "同时询问基础模型：训练前后对比"), Wording("before/after", "前后对比"))
        case .correct:
            CommandWords(Wording("Correct the answer into a record", "把回答改正成一条记录"), Wording("correct", "改正"))
        case .editQuestion:
            CommandWords(
                Wording("Edit the last question and ask it anew", "修改上一个问题并重新提问"), Wording("edit question", "改问题"))
        case .newConversation:
            CommandWords(Wording("Begin a new conversation", "开始新对话"), Wording("new", "新对话"))
        case .systemPrompt:
            CommandWords(Wording("Edit the system prompt", "编辑系统提示"), Wording("system", "系统提示"))
        case .changeForm:
            CommandWords(
                Wording("Conversation, or a text to go on with", "切换对话或续写"), Wording("chat/text", "对话/续写"))
        case .answerSettings:
            CommandWords(
                Wording("Parameters: temperature, stop, seed and the like", "参数：温度、停止符、种子等"),
                Wording("parameters", "参数"))
        case .history:
            CommandWords(Wording("Earlier questions and answers", "历史问答"), Wording("history", "历史"))
        case .odds:
            CommandWords(
                Wording("What else each token could have been", "查看每个词元的其他可能"), Wording("token odds", "词元概率"))
        case .nextToken: CommandWords(Wording("Next token", "下一个词元"), Wording("next", "下一个"))
        case .previousToken: CommandWords(Wording("Previous token", "上一个词元"), Wording("previous", "上一个"))
        case .nextDoubt:
            CommandWords(
                Wording("Next token that the model was in doubt of", "下一个模型没把握的词元"), Wording("next doubt", "下一疑点"))
        case .previousDoubt:
            CommandWords(
                Wording("Previous token that the model was in doubt of", "上一个模型没把握的词元"),
                Wording("previous doubt", "上一疑点"))
        default: compareWords
        }
    }

    private var compareWords: CommandWords {
        switch self {
        case .stopAll: CommandWords(Wording("Stop all answers", "停止所有回答"), Wording("stop all", "全部停止"))
        case .nextRecord:
            CommandWords(
                Wording("Take the dataset's next record as the prompt", "用数据集的下一条记录提问"), Wording("next record", "下一条"))
        case .previousRecord:
            CommandWords(
                Wording("Take the dataset's previous record as the prompt", "用数据集的上一条记录提问"),
                Wording("previous record", "上一条"))
        case .expected:
            CommandWords(
                Wording("Show or hide what the record answers", "显示或隐藏记录中的回答"), Wording("expected", "参考答案"))
        case .blind:
            CommandWords(Wording("Hide or show the models' names", "隐藏或显示模型名称"), Wording("names", "名称"))
        case .voteFirst: CommandWords(Wording("The first is the best", "第一个最好"), Wording("best", "最好"))
        case .voteSecond: CommandWords(Wording("The second is the best", "第二个最好"), Wording("best", "最好"))
        case .voteThird: CommandWords(Wording("The third is the best", "第三个最好"), Wording("best", "最好"))
        case .voteFourth: CommandWords(Wording("The fourth is the best", "第四个最好"), Wording("best", "最好"))
        case .voteTie: CommandWords(Wording("They are equally good", "一样好"), Wording("tie", "平手"))
        case .voteNone: CommandWords(Wording("None is good", "都不好"), Wording("none good", "都不好"))
        case .unvote: CommandWords(Wording("Take the vote back", "撤回投票"), Wording("take back", "撤回"))
        case .savePair:
            CommandWords(
                Wording("Save the vote as a preference record", "把投票保存为偏好记录"), Wording("save pair", "存为偏好"))
        case .zoomAnswer:
            CommandWords(Wording("One answer over the whole width", "单独放大一个回答"), Wording("zoom", "放大"))
        case .tally: CommandWords(Wording("Count the votes of each model", "统计各模型的票数"), Wording("votes", "票数"))
        case .markModel:
            CommandWords(Wording("Mark the model to be compared", "标记要对比的模型"), Wording("mark", "标记"))
        case .resetParameters:
            CommandWords(Wording("Back to the defaults", "恢复默认值"), Wording("defaults", "默认值"))
        case .searchHistory:
            CommandWords(Wording("Search the earlier answers", "搜索历史回答"), Wording("search", "搜索"))
        case .deleteAnswer:
            CommandWords(Wording("Delete from the history", "从历史中删除"), Wording("delete", "删除"))
        default: dialogWords
        }
    }
}
