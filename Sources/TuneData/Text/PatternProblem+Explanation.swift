public import TuneModel

extension PatternProblem: ExplainedError {
    public var exitStatus: ExitStatus { .usage }

    public var explanation: Explanation {
        switch self {
        case .empty:
            Explanation(
                Wording("There is nothing to look for.", "没有要查找的内容。"),
                next: Wording("Type some text, or `/…/` for a regular expression.", "请输入文本，或用 `/…/` 输入正则表达式。"))
        case .unreadable(let pattern):
            Explanation(
                Wording("`\(shown(pattern))` is no regular expression.", "`\(shown(pattern))` 不是正确的正则表达式。"),
                next: Wording(
                    "Mend it, or leave the slashes out to find it as it stands.", "请改正，或去掉斜线按原文查找。"))
        }
    }
}
