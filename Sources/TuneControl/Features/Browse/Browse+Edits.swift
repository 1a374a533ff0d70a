public import TuneData
public import TuneModel

extension Browse {
    /// What concerns edits that lie in the journal until they are saved.
    public enum EditAction: Hashable, Sendable {
        case asked(RowEdit)
        case undone
        case redone
        case saveAsked(SaveManner)
        /// After somebody else has changed the file: their version, with or without the edits made here.
        case reloadAsked(keepingEdits: Bool)
        /// An edit, or the undoing of one, is safely in the journal.
        case happened(EditOutcome)
        /// The dataset is saved, or was read anew.
        case settled(DatasetFacts, shifted: Bool)
        case progressed(path: String, Double)
        case failed(path: String)
    }

    static func update(_ state: inout State, _ action: EditAction) -> [Effect] {
        switch action {
        case .asked(let edit):
            return ask(.edit(path: state.current?.facts.path ?? "", edit), in: &state)
        case .undone:
            return ask(.undoEdit(path: state.current?.facts.path ?? ""), in: &state)
        case .redone:
            return ask(.redoEdit(path: state.current?.facts.path ?? ""), in: &state)
        case .saveAsked(let manner):
            return ask(.saveDataset(path: state.current?.facts.path ?? "", manner), in: &state)
        case .reloadAsked(let keepingEdits):
            return ask(.reloadDataset(path: state.current?.facts.path ?? "", keepingEdits: keepingEdits), in: &state)
        case .happened(let outcome):
            return absorb(outcome.facts, row: outcome.row, shifted: outcome.shifts, in: &state)
        case .settled(let facts, let shifted):
            return absorb(facts, row: nil, shifted: shifted, in: &state)
        case .progressed(let path, let share):
            state.change(path) { if $0.editing != nil { $0.editing = share } }
            return []
        case .failed(let path):
            state.change(path) { $0.editing = nil }
            return []
        }
    }

    // MARK: -

    /// One edit at a time: the next one may mean rows that this one moves.
    private static func ask(_ effect: Effect, in state: inout State) -> [Effect] {
        guard let sheet = state.current, sheet.editing == nil else { return [] }
        state.current?.editing = 0
        return [effect]
    }

    private static func absorb(_ facts: DatasetFacts, row: Int?, shifted: Bool, in state: inout State) -> [Effect] {
        state.change(facts.path) { $0.absorb(facts, row: row, shifted: shifted) }
        guard let sheet = state.sheets.first(where: { $0.facts.path == facts.path }) else { return [] }
        let isCurrent = state.current?.facts.path == facts.path
        var effects: [Effect] = []
        if shifted, !sheet.view.isPlain, isCurrent { effects += viewNeeded(in: &state) }
        if isCurrent { effects += [rowsAround(state.current ?? sheet)] }
        return effects + [.inspect(path: facts.path)]
    }
}

extension Browse.Sheet {
    /// Takes what an edit has made of the dataset.
    ///
    /// - Parameter shifted: whether rows stand elsewhere now.
    fileprivate mutating func absorb(_ facts: DatasetFacts, row: Int?, shifted: Bool) {
        self.facts = facts
        editing = nil
        inspection = .running
        checked = 0
        if shifted {
            marks = RangeSet()
            markedLast = nil
            // Which loss belongs to which row is found out again when somebody asks.
            losses = nil
            if view.order.key == .loss { view.order = RowOrder() }
            if view.isPlain { view.rows = nil }
        } else if let row {
            losses?.forget(row)
        }
        if view.rows == nil { list.resize(to: facts.records) }
        if let row, let place = place(of: row) { list.select(place) }
    }
}
