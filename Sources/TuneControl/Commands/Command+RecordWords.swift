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
        default: preconditionFailure("no words for \(rawValue)")
        }
    }
}
