import TuneModel

/// How a command is called.
struct CommandWords {
    let title: Wording
    let label: Wording
    let shell: String?

    init(_ title: Wording, _ label: Wording, shell: String? = nil) {
        self.title = title
        self.label = label
        self.shell = shell
    }
}

extension Command {
    var words: CommandWords {
        switch self {
        case .quit: CommandWords(Wording("Quit", "退出"), Wording("quit", "退出"))
        case .help:
            CommandWords(Wording("Help: keys of this screen", "帮助：本页按键"), Wording("help", "帮助"), shell: "tunedeck keys")
        case .palette: CommandWords(Wording("All commands", "全部命令"), Wording("commands", "命令"))
        case .log: CommandWords(Wording("Show the message log", "查看消息日志"), Wording("log", "日志"))
        case .drawer: CommandWords(Wording("Show or hide the side pane", "显示或隐藏侧栏"), Wording("side pane", "侧栏"))
        case .language:
            CommandWords(Wording("Switch to Chinese (切换为中文)", "切换为英文 (switch to English)"), Wording("中文", "English"))
        case .chooseTheme: CommandWords(Wording("Choose a theme", "选择主题"), Wording("theme", "主题"))
        case .toggleMouse: CommandWords(Wording("Switch the mouse on or off", "开启或关闭鼠标"), Wording("mouse", "鼠标"))
        case .notification:
            CommandWords(
                Wording("How the end of a job is told: bell, desktop, not at all", "任务结束的提醒方式：响铃、桌面通知或不提醒"),
                Wording("notify by", "提醒方式"))
        case .redraw: CommandWords(Wording("Redraw the screen", "重绘屏幕"), Wording("redraw", "重绘"))
        case .showData: CommandWords(Wording("Go to Data", "转到数据"), Wording("data", "数据"), shell: "tunedeck FILE")
        case .showPrepare: CommandWords(Wording("Go to Prepare", "转到整理"), Wording("prepare", "整理"))
        case .showJobs: CommandWords(Wording("Go to Jobs", "转到任务"), Wording("jobs", "任务"), shell: "tunedeck jobs list")
        case .showAsk: CommandWords(Wording("Go to Ask", "转到提问"), Wording("ask", "提问"))
        case .showCompare: CommandWords(Wording("Go to Compare", "转到对比"), Wording("compare", "对比"))
        case .showModels:
            CommandWords(Wording("Go to Models", "转到模型"), Wording("models", "模型"), shell: "tunedeck models list")
        case .showFiles:
            CommandWords(Wording("Go to Files", "转到文件"), Wording("files", "文件"), shell: "tunedeck files list")
        case .focusNext: CommandWords(Wording("Next pane", "下一个窗格"), Wording("next pane", "下一窗格"))
        case .focusPrevious: CommandWords(Wording("Previous pane", "上一个窗格"), Wording("previous pane", "上一窗格"))
        case .back: CommandWords(Wording("One step back", "返回上一步"), Wording("back", "返回"))
        case .down: CommandWords(Wording("Down", "向下"), Wording("down", "向下"))
        case .up: CommandWords(Wording("Up", "向上"), Wording("up", "向上"))
        case .pageDown: CommandWords(Wording("A page down", "下一页"), Wording("page down", "下一页"))
        case .pageUp: CommandWords(Wording("A page up", "上一页"), Wording("page up", "上一页"))
        case .first: CommandWords(Wording("To the first row", "到第一行"), Wording("first", "首行"))
        case .last: CommandWords(Wording("To the last row", "到最后一行"), Wording("last", "末行"))
        default: dataWords
        }
    }

    private var dataWords: CommandWords {
        switch self {
        case .openFile: CommandWords(Wording("Open a file", "打开文件"), Wording("open", "打开"), shell: "tunedeck FILE")
        case .openSample:
            CommandWords(
                Wording("Open the sample dataset", "打开示例数据集"), Wording("sample", "示例"), shell: "tunedeck sample")
        case .chooseDataset: CommandWords(Wording("Show this dataset", "显示此数据集"), Wording("show", "显示"))
        case .closeDataset: CommandWords(Wording("Close the dataset", "关闭数据集"), Wording("close", "关闭"))
        case .checkDataset:
            CommandWords(
                Wording("Check the dataset again", "重新检查数据集"), Wording("check", "检查"), shell: "tunedeck data check FILE"
            )
        case .search: CommandWords(Wording("Search the records", "搜索记录"), Wording("search", "搜索"))
        case .searchNext: CommandWords(Wording("Next match", "下一个匹配"), Wording("next match", "下一匹配"))
        case .searchPrevious: CommandWords(Wording("Previous match", "上一个匹配"), Wording("previous match", "上一匹配"))
        case .editRecord: CommandWords(Wording("Edit the record", "编辑记录"), Wording("edit", "编辑"))
        case .addRecord: CommandWords(Wording("Add a record", "添加记录"), Wording("add", "添加"))
        case .whitespace: CommandWords(Wording("Show or hide whitespace", "显示或隐藏空白字符"), Wording("whitespace", "空白符"))
        case .showFinding:
            CommandWords(Wording("Go to the finding's next row", "跳到该发现的下一行"), Wording("go to row", "跳转"))
        case .sortByLoss:
            CommandWords(
                Wording("Sort by loss: the worst learned first, or as in the file", "按损失排序：学得最差的在前，或按文件顺序"),
                Wording("by loss", "按损失"), shell: "tunedeck jobs losses -i ID")
        case .sort: CommandWords(Wording("Sort the records", "排序记录"), Wording("sort", "排序"))
        case .filter:
            CommandWords(
                Wording("Filter the records", "筛选记录"), Wording("filter", "筛选"),
                shell: "tunedeck data head FILE --filter EXPRESSION")
        case .jump: CommandWords(Wording("Go to a row by its number", "按行号跳转"), Wording("row…", "跳转…"))
        case .mark: CommandWords(Wording("Mark the record, or unmark it", "标记或取消标记记录"), Wording("mark", "标记"))
        case .markTo:
            CommandWords(Wording("Mark from the last mark to here", "从上次标记处标记到这里"), Wording("mark to here", "标记到此"))
        case .markAll: CommandWords(Wording("Mark every record on show", "标记所有显示的记录"), Wording("mark all", "全部标记"))
        case .invertMarks: CommandWords(Wording("Mark the others instead", "反选标记"), Wording("invert marks", "反选"))
        case .clearMarks: CommandWords(Wording("Take all marks off", "取消所有标记"), Wording("unmark", "取消标记"))
        case .tag: CommandWords(Wording("Tag the records, or untag them", "给记录加标签或去标签"), Wording("tag", "标签"))
        case .deleteRecords: CommandWords(Wording("Delete the records", "删除记录"), Wording("delete", "删除"))
        case .duplicateRecords: CommandWords(Wording("Duplicate the records", "复制记录"), Wording("duplicate", "复制"))
        case .bulk:
            CommandWords(
                Wording("Change the marked records, or all that the filter shows", "批量更改已标记或筛选出的记录"),
                Wording("change…", "更改…"))
        case .undoEdit: CommandWords(Wording("Undo the last edit", "撤销上一次编辑"), Wording("undo", "撤销"))
        case .redoEdit: CommandWords(Wording("Redo what was undone", "重做已撤销的编辑"), Wording("redo", "重做"))
        case .saveDataset: CommandWords(Wording("Save the dataset", "保存数据集"), Wording("save", "保存"))
        case .saveAs: CommandWords(Wording("Save the dataset as another file", "将数据集另存为"), Wording("save as", "另存为"))
        case .statistics:
            CommandWords(
                Wording("Statistics of the dataset", "数据集统计"), Wording("statistics", "统计"),
                shell: "tunedeck data stats FILE")
        case .cancelWork: CommandWords(Wording("Cancel what is under way", "取消正在进行的工作"), Wording("cancel", "取消"))
        case .prepare:
            CommandWords(
                Wording("Prepare the dataset for training", "整理数据集以供训练"), Wording("prepare", "整理"),
                shell: "tunedeck prepare FILE")
        case .answerYes: CommandWords(Wording("Answer yes", "回答“是”"), Wording("yes", "是"))
        case .answerNo: CommandWords(Wording("Answer no", "回答“否”"), Wording("no", "否"))
        case .answerAll:
            CommandWords(
                Wording("Accept every suggestion that is left", "采纳余下的全部建议"), Wording("accept all", "全部采纳"),
                shell: "tunedeck prepare FILE -q"
            )
        case .showRows:
            CommandWords(
                Wording("Look at the records that the question is about", "查看该问题涉及的记录"), Wording("rows", "查看记录"))
        case .answerBack: CommandWords(Wording("Back to the previous question", "回到上一个问题"), Wording("back", "上一题"))
        default: jobWords
        }
    }

    private var jobWords: CommandWords {
        switch self {
        case .train:
            CommandWords(
                Wording("Train a model", "训练模型"), Wording("train", "训练"), shell: "tunedeck jobs create -t FILE -m MODEL"
            )
        case .cancelJob:
            CommandWords(
                Wording("Cancel the job", "取消任务"), Wording("cancel", "取消"), shell: "tunedeck jobs cancel -i ID")
        case .pauseJob:
            CommandWords(
                Wording("Pause or resume the job", "暂停或继续任务"), Wording("pause/resume", "暂停/继续"),
                shell: "tunedeck jobs pause -i ID")
        case .jobResults:
            CommandWords(
                Wording("Show the results table", "查看结果表"), Wording("results", "结果"),
                shell: "tunedeck jobs results -i ID")
        case .deleteJob:
            CommandWords(
                Wording("Delete the job", "删除任务"), Wording("delete", "删除"), shell: "tunedeck jobs delete -i ID")
        case .zoomFollow:
            CommandWords(
                Wording("Follow the job over the whole screen", "全屏跟踪任务"), Wording("zoom", "放大"),
                shell: "tunedeck jobs follow -i ID")
        case .keepJob:
            CommandWords(
                Wording("Stop and keep: make a model of what was learned so far", "停止并保留：把已学到的内容做成模型"),
                Wording("stop & keep", "停止并保留"), shell: "tunedeck jobs keep -i ID")
        case .moveEarlier:
            CommandWords(
                Wording("Run the queued job earlier", "让排队的任务提前"), Wording("earlier", "提前"),
                shell: "tunedeck jobs move -i ID --to up")
        case .moveLater:
            CommandWords(
                Wording("Run the queued job later", "让排队的任务推后"), Wording("later", "推后"),
                shell: "tunedeck jobs move -i ID --to down")
        case .markJob: CommandWords(Wording("Mark the job for a comparison", "标记任务以供比较"), Wording("mark", "标记"))
        case .compareJobs:
            CommandWords(
                Wording("Compare the marked jobs, or the sweep", "比较已标记的任务，或整次扫描"), Wording("compare", "比较"),
                shell: "tunedeck jobs compare -i ID…")
        case .compareAnswers:
            CommandWords(
                Wording("Compare answers of the marked jobs' models", "对比已标记任务的模型的回答"),
                Wording("compare answers", "对比回答"))
        case .cancelGroup:
            CommandWords(
                Wording("Cancel every job of the sweep", "取消扫描的全部任务"), Wording("cancel sweep", "取消扫描"),
                shell: "tunedeck jobs cancel -i SWEEP")
        case .deleteGroup:
            CommandWords(
                Wording("Delete every job of the sweep", "删除扫描的全部任务"), Wording("delete sweep", "删除扫描"),
                shell: "tunedeck jobs delete -i SWEEP")
        case .askJob: CommandWords(Wording("Ask the job's model", "向此任务的模型提问"), Wording("ask", "提问"))
        case .askModel:
            CommandWords(
                Wording("Ask this model", "向此模型提问"), Wording("ask", "提问"), shell: "tunedeck ask -m MODEL -p PROMPT")
        case .trainModel: CommandWords(Wording("Train from this model", "以此模型为基础训练"), Wording("train", "训练"))
        case .fetchModel:
            CommandWords(
                Wording("Fetch the base model", "获取基础模型"), Wording("fetch", "获取"),
                shell: "tunedeck models pull smollm2-135m")
        case .deleteModel:
            CommandWords(
                Wording("Delete the model", "删除模型"), Wording("delete", "删除"), shell: "tunedeck models delete MODEL")
        default: answerWords
        }
    }

    var dialogWords: CommandWords {
        switch self {
        case .accept: CommandWords(Wording("Accept", "确定"), Wording("accept", "确定"))
        case .save: CommandWords(Wording("Save", "保存"), Wording("save", "保存"))
        case .nextField: CommandWords(Wording("Next field", "下一项"), Wording("next field", "下一项"))
        case .previousField: CommandWords(Wording("Previous field", "上一项"), Wording("previous field", "上一项"))
        case .nextChoice: CommandWords(Wording("Next choice", "下一个选项"), Wording("next choice", "下一选项"))
        case .moreSettings:
            CommandWords(Wording("Show or hide the other settings", "显示或隐藏其他设置"), Wording("more settings", "更多设置"))
        case .complete: CommandWords(Wording("Complete the name", "补全文件名"), Wording("complete", "补全"))
        case .undo: CommandWords(Wording("Undo", "撤销"), Wording("undo", "撤销"))
        case .redo: CommandWords(Wording("Redo", "重做"), Wording("redo", "重做"))
        case .nextTarget:
            CommandWords(Wording("Save into another dataset", "保存到其他数据集"), Wording("other dataset", "换数据集"))
        case .confirmYes: CommandWords(Wording("Yes", "是"), Wording("yes", "是"))
        case .confirmNo: CommandWords(Wording("No", "否"), Wording("no", "否"))
        case .showCharts, .chartZoomIn, .chartZoomOut, .chartLeft, .chartRight, .chartBack, .chartForward,
            .chartLogarithm,
            .chartSmoothing, .chartUnit, .chartAlone, .chartReset, .exportChart:
            chartWords
        case .showEvaluations, .evaluate, .openEvaluation, .deleteEvaluation, .cancelEvaluation, .sortEvaluation,
            .evaluationModel, .evaluationClasses, .evaluationFilter, .exportEvaluation, .editEvaluated, .takeAnswer,
            .toggle:
            evaluationWords
        case .uploadFile, .saveFile, .trainFile, .deleteFile, .refreshFiles, .cancelUpload, .showServices,
            .connectService, .checkService:
            serviceWords
        default: recordWords
        }
    }
}
