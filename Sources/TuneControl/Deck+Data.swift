import TuneData
import TuneModel

extension Deck {
    /// The commands of the screens Data and Prepare.
    static func performOnData(_ command: Command, rows: Int, in state: inout State) -> [Effect] {
        switch command {
        case .openFile:
            state.dialogs.append(.opener(Opener.State()))
            return [.completePath("")]
        case .openSample:
            state.tab = .data
            return [.openSample]
        case .chooseDataset: state.focus[.data] = .records
        case .closeDataset: return Browse.update(&state.browse, Browse.Action.closed)
        case .checkDataset: return Browse.update(&state.browse, .inspectionAsked)
        case .search:
            state.focus[.data] = .records
            return Browse.update(&state.browse, .search(.opened))
        case .searchNext: return Browse.update(&state.browse, .search(.asked(forward: true)))
        case .searchPrevious: return Browse.update(&state.browse, .search(.asked(forward: false)))
        case .editRecord: edit(in: &state)
        case .addRecord: add(in: &state)
        case .whitespace: return Browse.update(&state.browse, .whitespaceToggled)
        case .showFinding: return Browse.update(&state.browse, .findingShown(rows: rows))
        case .sortByLoss:
            // The same key leads back to the order of the file.
            let isByLoss = state.browse.current?.view.order.key == .loss
            return Browse.update(&state.browse, .view(.ordered(isByLoss ? .row : .loss)))
        case .prepare:
            guard let facts = state.browse.current?.facts else { return [] }
            guard !facts.edits.isChanged else {
                state.askAboutUnsaved(facts, before: .preparing)
                return []
            }
            return prepare(in: &state)
        case .answerYes: return Prepare.update(&state.prepare, .answered(true))
        case .answerNo: return Prepare.update(&state.prepare, .answered(false))
        case .answerAll: return Prepare.update(&state.prepare, .acceptedAll)
        case .showRows: return showRows(in: &state)
        case .answerBack: return Prepare.update(&state.prepare, .wentBack)
        default: break
        }
        return []
    }

    /// The records of the question at hand, marked in their dataset; the question waits.
    private static func showRows(in state: inout State) -> [Effect] {
        guard let question = state.prepare.question, let first = question.rows.first,
            let index = state.browse.sheets.firstIndex(where: { $0.facts.path == state.prepare.path })
        else { return [] }
        state.browse.list.select(index)
        return enter(.data, in: &state) + Browse.update(&state.browse, .view(.reset))
            + Browse.update(&state.browse, .mark(.these(question.rows)))
            + Browse.update(&state.browse, .jumped(row: first))
    }

    static func prepare(in state: inout State) -> [Effect] {
        guard let path = state.browse.current?.facts.path else { return [] }
        state.tab = .prepare
        // Answers given so far are not thrown away by looking at the records in between.
        if state.prepare.path == path, case .asking = state.prepare.phase { return [] }
        return Prepare.update(&state.prepare, .opened(path: path))
    }

    // MARK: -

    private static func edit(in state: inout State) {
        guard let sheet = state.browse.current, case .record(let record)? = sheet.selected?.content else { return }
        let target = Editor.Target.replace(path: sheet.facts.path, row: sheet.row)
        state.dialogs.append(.editor(Editor.State(record, target: target, original: record)))
    }

    private static func add(in state: inout State) {
        guard let sheet = state.browse.current else { return }
        let blank = Record.blank(sheet.facts.shape)
        let target = Editor.Target.insert(path: sheet.facts.path, before: sheet.facts.records)
        state.dialogs.append(.editor(Editor.State(blank, target: target, original: blank)))
    }
}

extension Record {
    /// A record of a shape with nothing in it yet.
    static func blank(_ shape: Shape) -> Record {
        let question = Message(role: "user", content: "")
        let answer = Message(role: "assistant", content: "")
        return switch shape {
        case .completion: .completion(prompt: "", completion: "")
        case .chat: .chat([question, answer])
        case .preference: .preference(input: [question], preferred: [answer], rejected: [answer])
        }
    }
}
