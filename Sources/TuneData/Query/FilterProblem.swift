public import TuneModel

/// Why a filter cannot be read; columns count characters from 1.
public enum FilterProblem: Error, Hashable, Sendable {
    case unknownWord(String, column: Int)
    case unclosedQuote(column: Int)
    case unclosedExpression(column: Int)
    case emptyTerm(column: Int)
    case badExpression(String, column: Int)
    case noValue(FilterWord, column: Int)
    case takesNoValue(FilterWord, column: Int)
    case cannotCompare(FilterWord, column: Int)
    case badComparison(String, column: Int)
    case badNumber(String, column: Int)
    case emptyRange(String, column: Int)
    case unknownLanguage(String, column: Int)

    /// Where in the typed text, from 1.
    public var column: Int {
        switch self {
        case .unknownWord(_, let column), .unclosedQuote(let column), .unclosedExpression(let column),
            .emptyTerm(let column), .badExpression(_, let column), .noValue(_, let column),
            .takesNoValue(_, let column), .cannotCompare(_, let column), .badComparison(_, let column),
            .badNumber(_, let column), .emptyRange(_, let column), .unknownLanguage(_, let column):
            column
        }
    }
}

extension FilterProblem: ExplainedError {
    public var exitStatus: ExitStatus { .usage }

    public var explanation: Explanation {
        let place = Wording("Filter, character \(column): ", "筛选条件第 \(column) 个字符：")
        return switch self {
        case .unknownWord(let word, _):
            Explanation(
                place + Wording("there is no word `\(shown(word))`.", "没有 `\(shown(word))` 这个词。"),
                next: Self.words
                    + Wording(" Put text that holds a colon in quotes.", "要查找含冒号的文本，请加引号。"))
        case .unclosedQuote:
            Explanation(
                place + Wording("the quote is never closed.", "引号没有闭合。"),
                next: Wording("Close it with `\"`.", "请用 `\"` 闭合。"))
        case .unclosedExpression:
            Explanation(
                place + Wording("the expression is never closed.", "正则表达式没有闭合。"),
                next: Wording(
                    "Close it with `/`, or put the text in quotes.", "请用 `/` 闭合，或者给文本加引号。"))
        case .emptyTerm:
            Explanation(
                place + Wording("there is nothing to look for.", "没有要查找的内容。"),
                next: Wording("Type some text, or take the term away.", "请输入文本，或删去该条件。"))
        case .badExpression(let pattern, _):
            Explanation(
                place
                    + Wording(
                        "`\(shown(pattern))` is no regular expression.", "`\(shown(pattern))` 不是正确的正则表达式。"),
                next: Wording(
                    "Mend it, or put the text in quotes to find it as it stands.", "请改正，或加引号按原文查找。"))
        case .noValue(let word, _):
            Explanation(
                place + Wording("`\(word.name)` lacks a value.", "`\(word.name)` 后面缺少值。"), next: Self.example(word))
        case .takesNoValue(let word, _):
            Explanation(
                place + Wording("`\(word.name)` stands alone.", "`\(word.name)` 单独使用，不带值。"), next: Self.example(word))
        case .cannotCompare(let word, _):
            Explanation(
                place + Wording("`\(word.name)` is no number that can be compared.", "`\(word.name)` 不是可以比较的数。"),
                next: Self.example(word))
        case .badComparison(let sign, _):
            Explanation(
                place + Wording("`\(sign)` compares nothing.", "`\(sign)` 不是比较符号。"),
                next: Wording("Use `>`, `>=`, `<`, `<=` or `=`.", "请用 `>`、`>=`、`<`、`<=` 或 `=`。"))
        case .badNumber(let text, _):
            Explanation(
                place + Wording("`\(shown(text))` is no number.", "`\(shown(text))` 不是数字。"),
                next: Wording("Write `2000`, `10..20` or `10..`.", "请写成 `2000`、`10..20` 或 `10..`。"))
        case .emptyRange(let text, _):
            Explanation(
                place + Wording("`\(shown(text))` ends before it begins.", "`\(shown(text))` 的终点小于起点。"),
                next: Wording("Put the smaller number first.", "请把较小的数写在前面。"))
        case .unknownLanguage(let text, _):
            Explanation(
                place + Wording("there is no language `\(shown(text))`.", "没有 `\(shown(text))` 这种语言。"),
                next: Wording("Use one of ", "可用：")
                    + Wording(verbatim: TextLanguage.allCases.map(\.rawValue).joined(separator: ", "))
                    + Wording(".", "。"))
        }
    }

    private static var words: Wording {
        let names = FilterWord.all.map(\.name)
        return Wording("The words are ", "可用的词：") + Wording(names.joined(separator: " "), names.joined(separator: " "))
            + Wording(".", "。")
    }

    private static func example(_ word: FilterWord) -> Wording {
        Wording("For example: `\(word.example)`.", "例如：`\(word.example)`。")
    }
}
