/// What is wrong with the form that an answer is to be held to. A place in a schema is a JSON pointer such as
/// `#/properties/age`; lines of a grammar are counted from 1.
public enum FormFault: Error, Hashable {
    // JSON schemas.
    /// The text is not JSON, or is nested too deep, at this byte.
    case schemaSyntax(byteOffset: Int)
    /// Something that answers cannot be held to, so that it would be ignored.
    case keyword(String, at: String)
    /// A value that the keyword does not take.
    case keywordValue(String, at: String)
    /// A reference to nothing.
    case reference(String, at: String)
    /// A reference that leads to itself before anything is written.
    case circular(at: String)
    /// Two choices of `oneOf`, counted from 0, that one value might both fit.
    case overlap(Int, Int, at: String)
    /// Nothing fits.
    case impossible(at: String)

    // Grammars.
    /// What should stand where something else does.
    case grammarSyntax(expected: Wording, line: Int)
    case undefinedRule(String, line: Int)
    case repeatedRule(String, line: Int)
    /// No rule is called `root`.
    case noRoot
    /// The rule begins with itself.
    case leftRecursion(String, line: Int)
    /// The rule has no end: whatever is written, it wants more.
    case endless(String, line: Int)

    /// A form with more parts than are followed.
    case tooLarge

    /// Whether it is about a grammar rather than a schema.
    var isGrammar: Bool {
        switch self {
        case .grammarSyntax, .undefinedRule, .repeatedRule, .noRoot, .leftRecursion, .endless: true
        default: false
        }
    }

    var what: Wording {
        switch self {
        case .schemaSyntax(let offset):
            Wording("The schema is not valid JSON at byte \(offset).", "该模式在第 \(offset) 字节处不是有效的 JSON。")
        case .keyword(let name, let place):
            Wording(
                "The schema's `\(name)` at \(place) cannot be enforced while an answer is written.",
                "模式中 \(place) 处的 `\(name)` 无法在生成回答时强制执行。")
        case .keywordValue(let name, let place):
            Wording(
                "The schema's `\(name)` at \(place) has a value that it does not take.",
                "模式中 \(place) 处的 `\(name)` 取值无效。")
        case .reference(let target, let place):
            Wording(
                "The schema refers at \(place) to \(target), which it does not have.",
                "模式在 \(place) 处引用了不存在的 \(target)。")
        case .circular(let place):
            Wording("The schema at \(place) refers to itself without an end.", "模式在 \(place) 处无止境地引用自身。")
        case .overlap(let first, let second, let place):
            Wording(
                "Choices \(first) and \(second) of `oneOf` at \(place) may fit the same value.",
                "\(place) 处 `oneOf` 的第 \(first) 项与第 \(second) 项可能同时匹配同一个值。")
        case .impossible(let place):
            Wording("Nothing can fit the schema at \(place).", "没有任何值能满足 \(place) 处的模式。")
        case .grammarSyntax(let expected, let line):
            Wording("Line \(line) of the grammar should have ", "语法第 \(line) 行应有") + expected + Wording(".", "。")
        case .undefinedRule(let name, let line):
            Wording(
                "Line \(line) of the grammar uses the rule `\(name)`, which is not defined.",
                "语法第 \(line) 行使用了未定义的规则 `\(name)`。")
        case .repeatedRule(let name, let line):
            Wording("Line \(line) of the grammar defines `\(name)` again.", "语法第 \(line) 行重复定义了 `\(name)`。")
        case .noRoot: Wording("The grammar has no rule `root`.", "语法中没有 `root` 规则。")
        case .leftRecursion(let name, let line):
            Wording(
                "The rule `\(name)` on line \(line) of the grammar begins with itself.",
                "语法第 \(line) 行的规则 `\(name)` 以自身开头。")
        case .endless(let name, let line):
            Wording(
                "The rule `\(name)` on line \(line) of the grammar can never be complete.",
                "语法第 \(line) 行的规则 `\(name)` 永远无法完成。")
        case .tooLarge:
            Wording("The answer's form has more parts than can be followed.", "回答格式的组成部分过多，无法处理。")
        }
    }

    var next: Wording {
        switch self {
        case .keyword: Wording("Leave it out, and check answers for it afterwards.", "请去掉它，并在得到回答后自行检查。")
        case .overlap:
            Wording(
                "Use `anyOf`, or tell them apart by a required property with different constants.",
                "请改用 `anyOf`，或用取不同常量的必填属性加以区分。")
        case .impossible: Wording("Loosen what contradicts itself there.", "请放宽其中相互矛盾的限制。")
        case .leftRecursion:
            Wording("Write it with a repetition, such as `item (\",\" item)*`.", "请改用重复写法，例如 `item (\",\" item)*`。")
        case .endless: Wording("Give it an alternative that ends.", "请为它提供一个可以结束的选项。")
        case .noRoot: Wording("Name the rule of the whole answer `root`.", "请把整个回答对应的规则命名为 `root`。")
        case .tooLarge: Wording("Use smaller repetitions, or fewer rules.", "请减小重复次数，或减少规则。")
        default: Wording("Correct it there.", "请在该处修正。")
        }
    }
}
