public import TuneModel

/// The screens of the dashboard, in the order of their numbers.
public enum Tab: String, CaseIterable, Codable, Sendable {
    case data, prepare, jobs, ask, compare, models, files

    public var title: Wording {
        switch self {
        case .data: Wording("Data", "数据")
        case .prepare: Wording("Prepare", "整理")
        case .jobs: Wording("Jobs", "任务")
        case .ask: Wording("Ask", "提问")
        case .compare: Wording("Compare", "对比")
        case .models: Wording("Models", "模型")
        case .files: Wording("Files", "文件")
        }
    }
}

/// A part of a screen that keys can go to.
public enum Pane: String, CaseIterable, Sendable {
    case welcome
    case datasets, findings, records
    case questions
    case jobs, follow
    case prompt, answers
    case comparePrompt, columns
    /// A walk over the tokens of an answer.
    case odds
    case models
    case files
}
