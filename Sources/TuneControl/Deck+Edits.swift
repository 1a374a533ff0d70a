import Foundation
import TuneData
import TuneModel

/// What is told when an edit, a save or a reload is done.
extension Deck {
    static func recordsEdited(_ outcome: EditOutcome, at date: Date, in state: inout State) -> [Effect] {
        if case .editor = state.dialogs.last { state.dialogs.removeLast() }
        let facts = outcome.facts
        let hint =
            facts.edits.isChanged
            ? Wording(" Ctrl-S writes \(facts.name); u undoes.", "按 Ctrl-S 写入 \(facts.name)，按 u 撤销。")
            : Wording(verbatim: "")
        Notices.update(
            &state.notices,
            .done(
                Wording(
                    outcome.summary.english.capitalizedStart + "." + hint.english,
                    outcome.summary.chinese + "。" + hint.chinese), at: date))
        return Browse.update(&state.browse, .edit(.happened(outcome)))
    }

    static func recordAppended(_ path: String, at date: Date, in state: inout State) -> [Effect] {
        if case .editor = state.dialogs.last { state.dialogs.removeLast() }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        Notices.update(
            &state.notices,
            .done(Wording("The record is written at the end of \(name).", "已把记录写到 \(name) 的末尾。"), at: date))
        return []
    }

    static func saved(
        _ facts: DatasetFacts, _ manner: SaveManner, at date: Date, in state: inout State
    ) -> [Effect] {
        let records = facts.records.grouped
        if case .copy(let path) = manner {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            Notices.update(
                &state.notices,
                .done(Wording("\(records) records are written to \(name).", "已将 \(records) 条记录写入 \(name)。"), at: date))
            return Browse.update(&state.browse, .edit(.settled(facts, shifted: false)))
                + [.openDatasets([.init(path: path, row: state.browse.current?.row ?? 0)])]
        }
        Notices.update(
            &state.notices,
            .done(Wording("\(facts.name) is saved: \(records) records.", "已保存 \(facts.name)：\(records) 条记录。"), at: date)
        )
        var effects = Browse.update(&state.browse, .edit(.settled(facts, shifted: false)))
        if let purpose = state.savedFor, purpose.path == facts.path {
            state.savedFor = nil
            effects += use(purpose.use, in: &state)
        }
        return effects
    }

    static func reloaded(
        _ facts: DatasetFacts, unplaced: Int, at date: Date, in state: inout State
    ) -> [Effect] {
        let lost =
            unplaced == 0
            ? Wording("", "")
            : Wording(
                " \(unplaced.grouped) of your edits found no place in it.", "您的 \(unplaced.grouped) 处编辑在其中找不到位置。")
        Notices.update(
            &state.notices,
            .done(
                Wording(
                    "\(facts.name) is read as it is now.\(lost.english)", "已按 \(facts.name) 的现状重新读取。\(lost.chinese)"),
                at: date))
        return Browse.update(&state.browse, .edit(.settled(facts, shifted: true)))
    }
}

extension String {
    /// With a capital at the beginning, as a sentence has it.
    fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}

extension Deck.State {
    /// Offers the three ways out when somebody else has changed a file that is edited here.
    mutating func askAboutConflict(_ path: String) {
        savedFor = nil
        guard let facts = browse.sheets.first(where: { $0.facts.path == path })?.facts else { return }
        let isStranded = facts.edits.stranded != nil
        let items = [
            Choice.Item(
                Wording("Put my edits onto their version", "把我的编辑放到对方的版本上"),
                Wording("rows that both changed are told", "会提示无法放置的行"), .reload(keepingEdits: true)),
            isStranded
                ? nil
                : Choice.Item(
                    Wording("Save mine to another file", "把我的版本另存为其他文件"),
                    Wording("theirs stays as it is", "对方的版本保持不变"), .saveAs),
            isStranded
                ? nil
                : Choice.Item(
                    Wording("Overwrite theirs with mine", "用我的版本覆盖对方的版本"),
                    Wording("their changes are lost", "对方的更改将丢失"), .save(.overwrite)),
            Choice.Item(
                Wording("Take theirs", "采用对方的版本"), Wording("my edits are lost", "我的编辑将丢失"),
                .reload(keepingEdits: false)),
        ].compactMap(\.self)
        dialogs.append(
            .choice(
                Choice.State(
                    Wording("\(facts.name) was changed by another program", "\(facts.name) 已被其他程序更改"),
                    reason: Wording(
                        "Nothing was written. Your edits are safe in the journal.", "没有写入任何内容。您的编辑安全地保存在日志中。"), items,
                    of: path)))
    }

    /// Preparing and training read the file: edits that are not in it yet would be left out.
    mutating func askAboutUnsaved(_ facts: DatasetFacts, before use: Choice.FileUse) {
        let count = facts.edits.changedRows.grouped
        dialogs.append(
            .choice(
                Choice.State(
                    Wording("\(facts.name) has unsaved edits", "\(facts.name) 有未保存的编辑"),
                    reason: use.reason,
                    [
                        Choice.Item(
                            Wording("Save and go on", "保存并继续"),
                            Wording("\(count) changed records", "\(count) 条更改的记录"), .saveFirst(use)),
                        Choice.Item(
                            Wording("Use what is saved", "使用已保存的内容"),
                            Wording("the edits stay in the journal", "编辑保留在日志中"), .useAsItIs(use)),
                    ], of: facts.path)))
    }
}
