import TuneModel

extension Command {
    /// The words of what is done to one record: its turns while it is edited, and the ways to look at it.
    var recordWords: CommandWords {
        switch self {
        case .changeRole: CommandWords(Wording("Change the turn's role", "更改这一轮的角色"), Wording("role", "角色"))
        case .changeWeight:
            CommandWords(
                Wording("Train this answer, or leave it out", "训练这条回答，或不参与训练"), Wording("train or not", "是否训练"))
        case .addTurn: CommandWords(Wording("Add a turn below", "在下方添加一轮"), Wording("add turn", "添加一轮"))
        case .removeTurn: CommandWords(Wording("Remove the turn", "删除这一轮"), Wording("remove turn", "删除一轮"))
        case .turnEarlier: CommandWords(Wording("Move the turn up", "上移这一轮"), Wording("turn up", "上移"))
        case .turnLater: CommandWords(Wording("Move the turn down", "下移这一轮"), Wording("turn down", "下移"))
        case .editOutside:
            CommandWords(Wording("Edit the record in $EDITOR", "用 $EDITOR 编辑记录"), Wording("$EDITOR", "$EDITOR"))
        case .copyRecord:
            CommandWords(Wording("Copy the record to the clipboard", "把记录复制到剪贴板"), Wording("copy", "复制"))
        case .tokens:
            CommandWords(Wording("Show the record as tokens, or as text", "以词元或文本显示记录"), Wording("tokens", "词元"))
        case .tokenIDs:
            CommandWords(Wording("Show or hide the tokens' numbers", "显示或隐藏词元编号"), Wording("token ids", "词元编号"))
        case .detailDown: CommandWords(Wording("Scroll the record down", "向下滚动记录"), Wording("scroll down", "下滚"))
        case .detailUp: CommandWords(Wording("Scroll the record up", "向上滚动记录"), Wording("scroll up", "上滚"))
        default: preconditionFailure("no words for \(rawValue)")
        }
    }
}
