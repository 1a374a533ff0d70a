public import TuneModel

/// A part of the dashboard in which keys have a meaning of their own.
public enum Scope: String, CaseIterable, Sendable {
    case everywhere, lists
    case welcome, records, datasets, findings, search
    case prepare, jobs, follow, charts, answers, prompt, comparePrompt, voting, columns, odds, models, files
    case evaluations, evaluation, evaluationForm
    case services, connect, departure
    case opener, editor, launch, confirm, palette, results, picker, comparison, choice, line, bulk, statistics, help,
        log, parameters, history, historySearch, tally, themes

    /// The heading of its keys in help.
    public var title: Wording {
        switch self {
        case .everywhere: Wording("Everywhere", "所有页面")
        case .lists: Wording("Moving", "移动")
        case .welcome: Wording("Welcome", "欢迎")
        case .records: Wording("Records", "记录")
        case .datasets: Wording("Datasets", "数据集")
        case .findings: Wording("Findings", "检查结果")
        case .search: Wording("Searching", "搜索")
        case .prepare: Wording("Prepare", "整理")
        case .jobs: Wording("Jobs", "任务")
        case .follow: Wording("Following a job", "跟踪任务")
        case .charts: Wording("Charts", "图表")
        case .answers: Wording("Answers", "回答")
        case .prompt: Wording("Typing a prompt", "输入问题")
        case .comparePrompt: Wording("Typing a prompt to compare with", "输入对比问题")
        case .voting: Wording("Voting", "投票")
        case .columns: Wording("Answers side by side", "并排的回答")
        case .odds: Wording("Tokens of an answer", "回答的词元")
        case .models: Wording("Models", "模型")
        case .files: Wording("Files", "文件")
        case .services: Wording("Services", "服务")
        case .connect: Wording("Connecting a service", "连接服务")
        case .departure: Wording("Before anything leaves", "发送之前")
        case .evaluations: Wording("Evaluations", "评测列表")
        case .evaluation: Wording("An evaluation", "评测结果")
        case .evaluationForm: Wording("Starting an evaluation", "开始评测")
        case .opener: Wording("Opening a file", "打开文件")
        case .editor: Wording("Editing a record", "编辑记录")
        case .launch: Wording("Starting a job", "启动任务")
        case .confirm: Wording("A question", "确认")
        case .palette: Wording("Command palette", "命令面板")
        case .results: Wording("Results", "结果")
        case .picker: Wording("Choosing a model", "选择模型")
        case .comparison: Wording("Comparing jobs", "比较任务")
        case .choice: Wording("A choice", "选择")
        case .line: Wording("A line to type", "输入一行")
        case .bulk: Wording("Changing records", "更改记录")
        case .statistics: Wording("Statistics", "统计")
        case .help: Wording("Help", "帮助")
        case .log: Wording("Message log", "消息日志")
        case .parameters: Wording("How models are asked", "提问参数")
        case .history: Wording("Earlier answers", "历史回答")
        case .historySearch: Wording("Searching earlier answers", "搜索历史回答")
        case .tally: Wording("Votes", "投票统计")
        case .themes: Wording("Choosing a theme", "选择主题")
        }
    }
}
