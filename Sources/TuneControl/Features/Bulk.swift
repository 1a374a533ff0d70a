public import TuneData
public import TuneModel

/// The dialog that changes many records at once, and shows before what it would change.
public enum Bulk {
    /// What is done to the records.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case replace, strip, clean, role, system
        case merge, duplicate, move, remove

        public var title: Wording {
            switch self {
            case .replace: Wording("Find and replace", "查找并替换")
            case .strip: Wording("Strip space at both ends", "去掉首尾空白")
            case .clean: Wording("Take out control characters", "清除控制字符")
            case .role: Wording("Change a role", "更改角色")
            case .system: Wording("Set the system prompt", "设置系统提示")
            case .merge: Wording("Merge into one record", "合并为一条记录")
            case .duplicate: Wording("Duplicate", "复制一份")
            case .move: Wording("Move to another place", "移动到别处")
            case .remove: Wording("Delete", "删除")
            }
        }

        public var detail: Wording {
            switch self {
            case .replace: Wording("a text or a /regular expression/", "文本或 /正则表达式/")
            case .strip: Wording("spaces and line ends around each text", "各段文本前后的空格和换行")
            case .clean: Wording("terminal escapes and the like", "终端转义序列等")
            case .role: Wording("such as human → user", "例如 human → user")
            case .system: Wording("of every conversation", "用于每段对话")
            case .merge: Wording("texts joined, turns strung together", "文本相接，对话相连")
            case .duplicate: Wording("behind each record", "放在各条记录之后")
            case .move: Wording("in front of a row", "放到某一行之前")
            case .remove: Wording("u brings them back", "按 u 可恢复")
            }
        }

        /// What is asked for, one line each.
        var captions: [Wording] {
            switch self {
            case .replace: [Wording("find", "查找"), Wording("replace by", "替换为")]
            case .role: [Wording("role", "角色"), Wording("new role", "新角色")]
            case .system: [Wording("system prompt", "系统提示")]
            case .move: [Wording("in front of row", "移到此行之前")]
            case .strip, .clean, .merge, .duplicate, .remove: []
            }
        }
    }

    public struct Field: Hashable, Sendable {
        public let caption: Wording
        public var buffer: TextBuffer
    }

    public enum Preview: Hashable, Sendable {
        /// Nothing to look for yet.
        case empty
        case running
        case done(Draft.Preview)
        case failed(Explanation)
    }

    public struct State: Hashable, Sendable {
        public let kind: Kind
        public let path: String
        /// The rows that are concerned, from 0.
        public let rows: RangeSet<Int>
        public let count: Int
        public var fields: [Field]
        public var active = 0
        public var preview = Preview.empty

        public init(_ kind: Kind, path: String, rows: RangeSet<Int>) {
            self.kind = kind
            self.path = path
            self.rows = rows
            count = rows.ranges.reduce(0) { $0 + $1.count }
            fields = kind.captions.map { Field(caption: $0, buffer: TextBuffer()) }
        }

        /// What the fields say to do with each record; nil while they say nothing, or when it is not a change of
        /// records one by one.
        func change() throws(PatternProblem) -> RowChange? {
            let texts = fields.map(\.buffer.text)
            return switch kind {
            case .replace: texts[0].isEmpty ? nil : .replaceText(try TextPattern(typed: texts[0]), with: texts[1])
            case .strip: .strip()
            case .clean: .clean
            case .role: texts.contains("") ? nil : .role(from: texts[0], to: texts[1])
            case .system: texts[0].isEmpty ? nil : .system(texts[0])
            case .merge, .duplicate, .move, .remove: nil
            }
        }

        /// The edit that the fields ask for; nil while they say nothing that can be done.
        var edit: RowEdit? {
            switch kind {
            case .merge: return .merge(rows)
            case .duplicate: return .duplicate(rows)
            case .remove: return .remove(rows)
            case .move:
                guard let row = Int(fields[0].buffer.text.filter(\.isNumber)), row > 0 else { return nil }
                return .move(rows, before: row - 1)
            case .replace, .strip, .clean, .role, .system:
                guard let change = try? change() else { return nil }
                return .change(rows, change)
            }
        }
    }

    public enum Action: Hashable, Sendable {
        case opened
        case edited(TextEdit)
        case fieldMoved(by: Int)
        case previewed(Draft.Preview)
        case failed(Explanation)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .opened:
            return look(&state)
        case .edited(let edit):
            state.fields[state.active].buffer.apply(edit)
            return look(&state)
        case .fieldMoved(let step):
            guard !state.fields.isEmpty else { return [] }
            state.active = (state.active + step + state.fields.count) % state.fields.count
        case .previewed(let preview):
            state.preview = .done(preview)
        case .failed(let why):
            state.preview = .failed(why)
        }
        return []
    }

    // MARK: -

    private static func look(_ state: inout State) -> [Effect] {
        do throws(PatternProblem) {
            guard let change = try state.change() else {
                state.preview = .empty
                return [.stop(.previewing)]
            }
            state.preview = .running
            return [.previewChange(path: state.path, change, rows: state.rows)]
        } catch {
            state.preview = .failed(Explanation(of: error))
            return [.stop(.previewing)]
        }
    }
}
