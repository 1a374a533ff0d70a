import Testing
import TuneCanvas

/// What the dashboard shows on the newcomer's way, in one language and size of terminal.
struct TerminalWords: Sendable, CustomTestStringConvertible {
    let language: String
    let size: Size
    let firstTab, steps, batch: String
    let sample, records, findings, answers, prepared, form, step, succeeded, tuned, speed, silent, editor, saved,
        farewell, running, cancelled: String
    /// What a pane says whose answer is not over.
    let answering: [String]

    var testDescription: String { "\(size.width)×\(size.height) \(language)" }

    static let all = [english, chinese]

    static let english = TerminalWords(
        language: "en", size: Size(width: 80, height: 24), firstTab: "1 Data", steps: "steps, at most",
        batch: "batch size", sample: "Open the sample", records: "2,307 records",
        findings: " findings [", answers: "a accept all", prepared: "✓ jargon_prepared.jsonl:",
        form: "Train a model", step: "├─ step ", succeeded: "✓ done", tuned: "stop “⏎”",
        speed: " tok/s ", silent: "It ended without a word",
        editor: "New record for jargon_prepared.jsonl", saved: "of jargon_prepared.jsonl is saved.",
        farewell: "jargon-1 goes on in the background; `tunedeck` shows it again.", running: "● running",
        cancelled: "– cancelled", answering: ["waiting …", "answering …"])

    static let chinese = TerminalWords(
        language: "zh_CN", size: Size(width: 120, height: 40), firstTab: "1 数据", steps: "最多步数",
        batch: "批大小", sample: "打开示例", records: "2,307 条记录",
        findings: "检查结果", answers: "a 全部采纳", prepared: "✓ 已写入 jargon_prepared.jsonl：",
        form: "训练模型", step: "├─ 第 ", succeeded: "✓ 已完成", tuned: "停止于“⏎”（来自 jargon_prepared.jsonl）", speed: " 词元/秒 ",
        silent: "没有给出内容就结束了", editor: "为 jargon_prepared.jsonl 新增记录", saved: "已保存 jargon_prepared.jsonl 的第",
        farewell: "jargon-1 会在后台继续运行；再次运行 `tunedeck` 即可查看。", running: "● 运行中",
        cancelled: "– 已取消", answering: ["等待中…", "正在回答…"])
}
