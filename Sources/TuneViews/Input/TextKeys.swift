import TuneCanvas
import TuneControl
import TuneModel

/// The keys that edit text, the same in every field: arrows, and readline's letters with control and alt.
enum TextKeys {
    /// What a key does to a text.
    enum Act {
        case edit(TextEdit)
        /// Along rows as they are wrapped, which only the view knows.
        case rows(Int)
        case pages(Int)
        case extendRows(Int)
        case extendPages(Int)
    }

    struct Entry {
        let keys: [Key]
        let act: Act
        let title: Wording

        init(_ notation: String, _ act: Act, _ english: String, _ chinese: String) {
            keys = Binding(notation, in: .everywhere, .back).keys
            self.act = act
            title = Wording(english, chinese)
        }

        var labels: String { keys.map(KeyNotation.label).joined(separator: " ") }
    }

    /// - Parameter page: the box that a text of several lines is wrapped in; nil for one line.
    static func edit(for key: Key, in buffer: TextBuffer, page: TextPage?) -> TextEdit? {
        if let text = key.text { return .insert(text) }
        guard let act = acts[key] else { return nil }
        switch act {
        case .edit(.newline): return buffer.allowsNewlines ? .newline : nil
        // Without a selection these keys mean what they mean elsewhere.
        case .edit(.copy): return buffer.selection == nil ? nil : .copy
        case .edit(let edit): return edit
        case .rows(let step): return page.map { .move($0.motion(rows: step)) }
        case .pages(let step): return page.map { .move($0.motion(pages: step)) }
        case .extendRows(let step): return page.map { .extend($0.motion(rows: step)) }
        case .extendPages(let step): return page.map { .extend($0.motion(pages: step)) }
        }
    }

    /// Dispatch and help read the same table.
    static let table: [Entry] = [
        Entry("<left> <c-b>", .edit(.move(.left)), "Left", "向左"),
        Entry("<right> <c-f>", .edit(.move(.right)), "Right", "向右"),
        Entry("<up>", .rows(-1), "A row up", "上一行"),
        Entry("<down>", .rows(1), "A row down", "下一行"),
        Entry("<c-left> <a-left> <a-b>", .edit(.move(.wordLeft)), "A word left", "左移一个词"),
        Entry("<c-right> <a-right> <a-f>", .edit(.move(.wordRight)), "A word right", "右移一个词"),
        Entry("<home> <c-a>", .edit(.move(.lineStart)), "To the start of the line", "到行首"),
        Entry("<end> <c-e>", .edit(.move(.lineEnd)), "To the end of the line", "到行尾"),
        Entry("<pgup>", .pages(-1), "A page up", "上一页"),
        Entry("<pgdn>", .pages(1), "A page down", "下一页"),
        Entry("<c-home> <a-lt>", .edit(.move(.textStart)), "To the start of the text", "到文首"),
        Entry("<c-end> <a-gt>", .edit(.move(.textEnd)), "To the end of the text", "到文末"),
        Entry("<s-left>", .edit(.extend(.left)), "With shift, moving selects", "按住 shift 移动即可选择"),
        Entry("<c-space>", .edit(.mark), "Begin or end a selection here", "从这里开始或结束选择"),
        Entry("<a-a>", .edit(.selectAll), "Select everything", "全选"),
        Entry("<c-x>", .edit(.cut), "Cut the selection", "剪切所选"),
        Entry("<c-c> <a-w>", .edit(.copy), "Copy the selection", "复制所选"),
        Entry("<c-v>", .edit(.paste), "Paste what was cut or copied", "粘贴"),
        Entry("<backspace>", .edit(.delete(.left)), "Delete to the left", "向左删除"),
        Entry("<del> <c-d>", .edit(.delete(.right)), "Delete to the right", "向右删除"),
        Entry("<c-w> <a-backspace> <c-backspace>", .edit(.kill(.wordLeft)), "Cut the word before", "剪切前一个词"),
        Entry("<a-d> <c-del> <a-del>", .edit(.kill(.wordRight)), "Cut the word behind", "剪切后一个词"),
        Entry("<c-u>", .edit(.kill(.lineStart)), "Cut to the start of the line", "剪切到行首"),
        Entry("<c-k>", .edit(.kill(.lineEnd)), "Cut to the end of the line", "剪切到行尾"),
        Entry("<enter> <a-enter> <c-j>", .edit(.newline), "A new line", "换行"),
        Entry("<a-i>", .edit(.insert("\t")), "A tab", "制表符"),
        Entry("<c-z> <c-_>", .edit(.undo), "Undo", "撤销"),
        Entry("<c-y>", .edit(.redo), "Redo", "重做"),
    ]

    // MARK: -

    private static let acts: [Key: Act] = {
        var acts: [Key: Act] = [:]
        for entry in table {
            for key in entry.keys {
                acts[key] = entry.act
                if let shifted = shifted(key), let extending = extending(entry.act) { acts[shifted] = extending }
            }
        }
        return acts
    }()

    /// A cursor key with shift; letters have none that a terminal would tell.
    private static func shifted(_ key: Key) -> Key? {
        switch key {
        case .left, .right, .up, .down, .home, .end, .pageUp, .pageDown: .shift(key)
        case .ctrl(let inner): shifted(inner).map { .ctrl($0) }
        case .alt(let inner): shifted(inner).map { .alt($0) }
        default: nil
        }
    }

    private static func extending(_ act: Act) -> Act? {
        switch act {
        case .edit(.move(let motion)): .edit(.extend(motion))
        case .rows(let step): .extendRows(step)
        case .pages(let step): .extendPages(step)
        default: nil
        }
    }
}
