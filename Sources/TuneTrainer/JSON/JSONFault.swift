import TuneModel

/// What is wrong with a JSON file's bytes at some place.
public enum JSONFault: Hashable, Sendable {
    case cutShort
    /// Something else stands where one of these must.
    case expected(Kind)
    case tooDeep(limit: Int)
    case duplicateKey(String)
    /// A string that is not UTF-8, has a control character, or an escape that means nothing.
    case badString
    case badNumber
    /// More values than any such file needs.
    case tooManyValues(limit: Int)

    /// What a place of a JSON text may hold.
    public enum Kind: String, Hashable, Sendable {
        case value, object, array, string, number, integer, bool, colon, commaOrEnd, end
    }
}

extension JSONFault {
    /// What is wrong, as a sentence.
    var wording: Wording {
        switch self {
        case .cutShort: Wording("the text ends too early.", "文本提前结束。")
        case .expected(let kind): Wording("\(kind.english) should stand here.", "此处应为\(kind.chinese)。")
        case .tooDeep(let limit): Wording("it is nested deeper than \(limit) levels.", "嵌套超过 \(limit) 层。")
        case .duplicateKey(let key): Wording("the key `\(key)` occurs twice.", "键 `\(key)` 重复出现。")
        case .badString: Wording("a string is not valid text.", "字符串不是有效文本。")
        case .badNumber: Wording("a number is not a valid one.", "数字无效。")
        case .tooManyValues(let limit): Wording("it has more than \(limit) values.", "值的数量超过 \(limit)。")
        }
    }
}

extension JSONFault.Kind {
    fileprivate var english: String {
        switch self {
        case .value: "a value"
        case .object: "an object"
        case .array: "a list"
        case .string: "a string"
        case .number: "a number"
        case .integer: "a whole number"
        case .bool: "true or false"
        case .colon: "a colon"
        case .commaOrEnd: "a comma or the end"
        case .end: "nothing more"
        }
    }

    fileprivate var chinese: String {
        switch self {
        case .value: "一个值"
        case .object: "对象"
        case .array: "列表"
        case .string: "字符串"
        case .number: "数字"
        case .integer: "整数"
        case .bool: "布尔值"
        case .colon: "冒号"
        case .commaOrEnd: "逗号或结尾"
        case .end: "结尾"
        }
    }
}
