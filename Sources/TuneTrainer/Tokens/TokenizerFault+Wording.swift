import TuneModel

extension TokenizerFault {
    /// What is wrong, as a sentence.
    var wording: Wording {
        switch self {
        case .empty:
            Wording("it has no tokens.", "没有任何词元。")
        case .lengthMismatch(let key, let expected, let found):
            Wording("`\(key)` has \(found) entries and needs \(expected).", "`\(key)` 有 \(found) 项，应为 \(expected) 项。")
        case .duplicateToken(let index, let other):
            Wording("tokens \(other) and \(index) are the same.", "词元 \(other) 与 \(index) 相同。")
        case .wrongList(let key):
            Wording("`\(key)` is not a list of the right kind.", "`\(key)` 的列表类型不正确。")
        case .malformedMerge(let index):
            Wording("merge \(index) is not two parts with a space between.", "合并规则 \(index) 不是以空格分隔的两部分。")
        case .unknownMerge(let index):
            Wording("merge \(index) is about tokens that do not exist.", "合并规则 \(index) 引用了不存在的词元。")
        case .twoTokens(let id):
            Wording("the number \(id) stands for two tokens.", "编号 \(id) 对应了两个词元。")
        case .outOfRange(let key, let id, let count):
            Wording("`\(key)` is \(id), and there are \(count) tokens.", "`\(key)` 为 \(id)，但词元只有 \(count) 个。")
        }
    }
}
