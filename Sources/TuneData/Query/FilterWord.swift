import Foundation
public import TuneModel

/// A word that a filter understands, for help and completion.
public struct FilterWord: Hashable, Sendable {
    /// As it is typed, what separates it from its value included: `len`, `role:`, `edited`.
    public let name: String
    /// A term made with it.
    public let example: String
    public let meaning: Wording

    let kind: Kind

    enum Kind: Hashable, Sendable {
        case place(SearchPlace)
        case role, finding, tag, language, edited, broken, tagged
        case measure(RowMeasure)
    }

    private init(_ name: String, _ example: String, _ kind: Kind, _ english: String, _ chinese: String) {
        self.name = name
        self.example = example
        self.kind = kind
        meaning = Wording(english, chinese)
    }

    static let all: [FilterWord] = [
        FilterWord("prompt:", "prompt:kludge", .place(.prompt), "text in the prompt", "提问中的文本"),
        FilterWord("completion:", "completion:/colou?r/", .place(.completion), "text in the answer", "回答中的文本"),
        FilterWord("system:", "system:polite", .place(.role("system")), "text in a system prompt", "系统提示中的文本"),
        FilterWord("user:", "user:hello", .place(.role("user")), "text in a user's turn", "user 发言中的文本"),
        FilterWord(
            "assistant:", "assistant:sorry", .place(.role("assistant")), "text in an assistant's turn",
            "assistant 发言中的文本"),
        FilterWord("tool:", "tool:error", .place(.role("tool")), "text in a tool's turn", "tool 发言中的文本"),
        FilterWord("role:", "role:tool", .role, "has a turn of the role", "含有该角色的发言"),
        FilterWord("len", "len>2000", .measure(.length), "characters in all", "总字符数"),
        FilterWord("tokens", "tokens:10..512", .measure(.tokens), "tokens in all", "总词元数"),
        FilterWord("trained", "trained<4", .measure(.trained), "tokens that are trained", "参与训练的词元数"),
        FilterWord("turns", "turns>=3", .measure(.turns), "turns", "发言轮数"),
        FilterWord("loss", "loss>4", .measure(.loss), "loss in the last job", "上次任务中的损失"),
        FilterWord("row", "row:100-200", .measure(.row), "number of the row", "行号"),
        FilterWord("finding:", "finding:duplicates", .finding, "rows of a finding, or of any", "检查发现的行；any 表示任意"),
        FilterWord("edited", "edited", .edited, "changed since the last save", "保存后又改过的"),
        FilterWord("tag:", "tag:bad", .tag, "rows with the tag", "带该标签的"),
        FilterWord("tagged", "-tagged", .tagged, "rows with any tag", "带任意标签的"),
        FilterWord("lang:", "lang:zh", .language, "language by its script", "按文字判断的语言"),
        FilterWord("broken", "broken", .broken, "lines that are no record", "不是记录的行"),
    ]

    static func named(_ name: String) -> FilterWord? {
        all.first { word in word.stem == name.lowercased() || name.lowercased() == "findings" && word.kind == .finding }
    }

    /// Its letters.
    var stem: String { name.hasSuffix(":") ? String(name.dropLast()) : name }

    // MARK: - Terms

    /// The word alone as a term.
    var bareTest: FilterTest? {
        switch kind {
        case .edited: .edited
        case .broken: .broken
        case .tagged: .tag(nil)
        case .place, .role, .finding, .tag, .language, .measure: nil
        }
    }

    /// The word with a value behind a colon; one that was quoted is no expression.
    func test(_ value: String, isTyped: Bool, column: Int) throws(FilterProblem) -> FilterTest {
        guard !value.isEmpty else { throw .noValue(self, column: column) }
        let valueColumn = column + stem.count + 1
        switch kind {
        case .place(let place):
            return .text(try FilterParser.search(value, isTyped: isTyped, column: valueColumn), in: place)
        case .role: return .role(value.lowercased())
        case .finding: return .finding(value.lowercased() == "any" ? nil : value.lowercased())
        case .tag: return .tag(value)
        case .language:
            guard let language = TextLanguage(typed: value) else {
                throw .unknownLanguage(value, column: valueColumn)
            }
            return .language(language)
        case .measure(let measure):
            return .measure(measure, try range(value, column: valueColumn))
        case .edited, .broken, .tagged: throw .takesNoValue(self, column: column)
        }
    }

    /// The word with a comparison behind it: `>=3`.
    func comparison(_ text: String, column: Int) throws(FilterProblem) -> FilterTest {
        guard case .measure(let measure) = kind else { throw .cannotCompare(self, column: column) }
        let sign = text.prefix { "<>=".contains($0) }
        let digits = String(text.dropFirst(sign.count))
        guard !digits.isEmpty else { throw .noValue(self, column: column) }
        let valueColumn = column + stem.count + sign.count
        guard let value = Double(digits), value.isFinite else { throw .badNumber(digits, column: valueColumn) }
        switch sign {
        case ">": return .measure(measure, MeasureRange(low: value, excludesLow: true))
        case ">=": return .measure(measure, MeasureRange(low: value))
        case "<": return .measure(measure, MeasureRange(high: value, excludesHigh: true))
        case "<=": return .measure(measure, MeasureRange(high: value))
        case "=", "==": return .measure(measure, MeasureRange(low: value, high: value))
        default: throw .badComparison(String(sign), column: column + stem.count)
        }
    }

    /// `10..20`, `10..`, `..20`, `10-20` or `10`.
    private func range(_ text: String, column: Int) throws(FilterProblem) -> MeasureRange {
        let ends: [String]
        if let dots = text.range(of: "..") {
            ends = [String(text[..<dots.lowerBound]), String(text[dots.upperBound...])]
        } else if let dash = text.dropFirst().firstIndex(of: "-") {
            ends = [String(text[..<dash]), String(text[text.index(after: dash)...])]
        } else {
            ends = [text, text]
        }
        var range = MeasureRange()
        if !ends[0].isEmpty { range.low = try number(ends[0], column: column) }
        if !ends[1].isEmpty { range.high = try number(ends[1], column: column + text.count - ends[1].count) }
        guard ends.contains(where: { !$0.isEmpty }) else { throw .badNumber(text, column: column) }
        guard range.low <= range.high else { throw .emptyRange(text, column: column) }
        return range
    }

    private func number(_ text: String, column: Int) throws(FilterProblem) -> Double {
        guard let value = Double(text), value.isFinite else { throw .badNumber(text, column: column) }
        return value
    }
}

extension RowFilter {
    /// Everything that can be typed before a value, or alone.
    public static var words: [FilterWord] { FilterWord.all }
}
