public import TuneModel

/// Why a record sheet holds no record.
public enum SheetProblem: ExplainedError, Hashable {
    case empty(file: String)
    case textAboveFirstMark(file: String, line: Int)
    case unknownMark(file: String, line: Int, mark: String, known: [String])
    case twice(file: String, line: Int, mark: String)
    case missing(file: String, mark: String)
    case badWeight(file: String, line: Int, text: String)
    case notUTF8(file: String)

    public var exitStatus: ExitStatus { .badData }

    public var explanation: Explanation {
        switch self {
        case .empty(let file):
            Explanation(
                Wording("\(file) is empty.", "\(file) 为空。"),
                next: Wording("Nothing is changed by that; delete the record with its key.", "不会因此更改；要删除记录请用删除键。"))
        case .textAboveFirstMark(let file, let line):
            Explanation(
                Wording(
                    "\(file), line \(line): there is text above the first mark.", "\(file) 第 \(line) 行：第一个标记之前有文字。"),
                next: Wording("Put a mark such as “=== prompt” above it.", "请在它上面加一个标记，例如“=== prompt”。"))
        case .unknownMark(let file, let line, let mark, let known):
            Explanation(
                Wording("\(file), line \(line): “=== \(mark)” is no mark.", "\(file) 第 \(line) 行：“=== \(mark)”不是有效标记。"),
                next: Wording(
                    "Marks are \(Self.list(known)); a text line that begins with === takes a \\ in front.",
                    "有效标记为 \(Self.list(known))；正文中以 === 开头的行请在前面加 \\。"))
        case .twice(let file, let line, let mark):
            Explanation(
                Wording("\(file), line \(line): “\(mark)” is there twice.", "\(file) 第 \(line) 行：“\(mark)”出现了两次。"),
                next: Wording("Leave one of them.", "请只保留一个。"))
        case .missing(let file, let mark):
            Explanation(
                Wording("\(file): “=== \(mark)” is missing.", "\(file)：缺少“=== \(mark)”。"),
                next: Wording("Put the mark back, with its text below.", "请补上该标记及其下方的文字。"))
        case .badWeight(let file, let line, let text):
            Explanation(
                Wording("\(file), line \(line): “\(text)” is no weight.", "\(file) 第 \(line) 行：“\(text)”不是有效权重。"),
                next: Wording("Write 1 to train the turn, 0 to leave it out.", "写 1 表示训练这一轮，写 0 表示不训练。"))
        case .notUTF8(let file):
            Explanation(
                Wording("\(file) is not UTF-8.", "\(file) 不是 UTF-8 编码。"),
                next: Wording("Save it as UTF-8.", "请以 UTF-8 编码保存。"))
        }
    }

    private static func list(_ marks: [String]) -> String { marks.map { "=== \($0)" }.joined(separator: ", ") }
}
