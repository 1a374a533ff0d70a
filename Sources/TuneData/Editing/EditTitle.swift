import TuneModel

/// What an edit did, as it is told where it can be undone.
struct EditTitle: Hashable, Sendable {
    enum Kind: UInt8, CaseIterable {
        case replace = 1
        case insert, remove, duplicate, move, merge, tag, untag, reload
        case replaceText, strip, clean, role, system, prefix, suffix
    }

    let kind: Kind
    /// Rows concerned.
    let count: Int

    var wording: Wording {
        let rows = Wording(count == 1 ? "1 row" : "\(count.grouped) rows", "\(count.grouped) 行")
        func say(_ english: String, _ chinese: String) -> Wording { Wording(english, chinese) + rows }
        return switch kind {
        case .replace: say("edit ", "编辑 ")
        case .insert: say("insert ", "插入 ")
        case .remove: say("delete ", "删除 ")
        case .duplicate: say("duplicate ", "复制 ")
        case .move: say("move ", "移动 ")
        case .merge: say("merge ", "合并 ")
        case .tag: say("tag ", "加标签 ")
        case .untag: say("untag ", "去掉标签 ")
        case .reload: say("keep the edits of ", "保留编辑 ")
        case .replaceText: say("replace text in ", "替换文本 ")
        case .strip: say("strip ", "去除首尾空白 ")
        case .clean: say("clean ", "清理字符 ")
        case .role: say("change the role in ", "更改角色 ")
        case .system: say("set the system prompt of ", "设置系统提示 ")
        case .prefix: say("add a prefix in ", "添加前缀 ")
        case .suffix: say("add a suffix in ", "添加后缀 ")
        }
    }
}
