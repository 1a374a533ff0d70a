import Foundation
import Synchronization
import TuneData
import TuneModel

/// The open datasets with their unsaved edits, by path.
final class DatasetShelf: Sendable {
    /// Folder of the journals.
    private let journals: String
    /// How the base model of this machine cuts records; nil when there is none.
    private let tokens: @Sendable () async throws -> TokenMeasure?
    private let places = Mutex<[String: Place]>([:])

    /// An open dataset.
    private struct Place: Sendable {
        /// The first rows, while the others are still being found.
        var head: Dataset?
        var draft: Draft?
        /// The rows of each finding in a state of the dataset.
        var findings: (dataset: Dataset, rows: [String: RowSet])?
    }

    init(journals: String, tokens: @escaping @Sendable () async throws -> TokenMeasure?) {
        self.journals = journals
        self.tokens = tokens
    }

    // MARK: - Opening

    /// Opens a file again even if it is open: it may have been changed.
    func open(_ path: String, grown: @Sendable (DatasetFacts) -> Void) async throws -> DatasetFacts {
        let opening = try Dataset.opening(path)
        var whole = opening.head
        if !opening.head.isWhole {
            put(head: opening.head, at: path)
            grown(facts(ofRows: opening.head, path, share: 0))
            for try await news in opening.news {
                switch news {
                case .grown(let dataset, let share):
                    put(head: dataset, at: path)
                    grown(facts(ofRows: dataset, path, share: min(share, 0.99)))
                case .finished(let dataset): whole = dataset
                }
            }
            try Task.checkCancellation()
        }
        let draft: Draft
        if let known = try known(path) { draft = known } else { draft = try Draft(of: whole, journals: journals) }
        places.withLock { $0[path] = Place(draft: draft) }
        return facts(of: draft, path)
    }

    func close(_ path: String) {
        places.withLock { $0[path] = nil }
    }

    private func put(head: Dataset, at path: String) {
        places.withLock { if $0[path]?.draft == nil { $0[path] = Place(head: head) } }
    }

    /// The draft of an open dataset, which is opened if it is not.
    func draft(_ path: String) throws -> Draft {
        if let known = try known(path) { return known }
        let draft = try Draft(opening: path, journals: journals)
        places.withLock { $0[path] = Place(draft: draft) }
        return draft
    }

    /// The draft that is open already, with the file as it is now. Where others changed a file that has edits here, it
    /// is shown as it was, and saving will ask.
    private func known(_ path: String) throws -> Draft? {
        guard let known = places.withLock({ $0[path]?.draft }) else { return nil }
        if !known.dataset.isCurrent, !known.status.isChanged { try known.reload(keepingEdits: false) }
        return known
    }

    func edit(_ path: String, _ edit: RowEdit, _ work: DataWork) throws -> EditOutcome {
        let draft = try draft(path)
        return outcome(try draft.apply(edit, work: work), shifts: edit.shifts, of: draft, path)
    }

    func append(_ record: Record, to path: String) throws -> EditOutcome {
        let draft = try draft(path)
        let othersWait = draft.status.isChanged || !draft.dataset.isEditable
        var outcome = outcome(
            try draft.apply(.insert([record], before: draft.dataset.count)), of: draft, path)
        guard !othersWait else { return outcome }
        try draft.save()
        outcome.facts = facts(of: draft, path)
        let number = outcome.facts.records.grouped
        outcome.summary = Wording(
            "record \(number) of \(outcome.facts.name) is saved", "已保存 \(outcome.facts.name) 的第 \(number) 条记录")
        return outcome
    }

    func undo(_ path: String) throws -> EditOutcome? {
        let draft = try draft(path)
        return try draft.undo().map { outcome($0, of: draft, path, taking: Wording("undone: ", "已撤销：")) }
    }

    func redo(_ path: String) throws -> EditOutcome? {
        let draft = try draft(path)
        return try draft.redo().map { outcome($0, of: draft, path, taking: Wording("done again: ", "已重做：")) }
    }

    /// - Parameter shifts: whether rows may stand elsewhere now; of what is taken back nobody knows.
    private func outcome(
        _ outcome: Draft.Outcome, shifts: Bool = true, of draft: Draft, _ path: String,
        taking back: Wording = Wording(verbatim: "")
    ) -> EditOutcome {
        let summary = outcome.title.map { back + $0 } ?? Wording("nothing to change", "没有需要更改的内容")
        return EditOutcome(facts: facts(of: draft, path), summary: summary, row: outcome.cursor, shifts: shifts)
    }

    func isOpen(_ path: String) -> Bool { places.withLock { $0[path]?.draft != nil } }

    /// The rows as they stand now, or those found so far.
    func dataset(_ path: String) throws -> Dataset {
        if let head = places.withLock({ $0[path]?.head }) { return head }
        return try draft(path).dataset
    }

    // MARK: - Facts

    func facts(of draft: Draft, _ path: String) -> DatasetFacts {
        let status = draft.status
        var facts = facts(ofRows: draft.dataset, path, share: 1)
        facts.edits = EditFacts(
            isChanged: status.isChanged, changedRows: status.editedRows, undo: status.undo, redo: status.redo,
            isReadOnly: status.isReadOnly, stranded: status.strandedChanges, tags: status.tags)
        return facts
    }

    private func facts(ofRows dataset: Dataset, _ path: String, share: Double) -> DatasetFacts {
        DatasetFacts(
            path: path, shape: dataset.shape, records: dataset.count, bytes: Int64(dataset.bytes),
            isEditable: dataset.isEditable, share: share)
    }

    // MARK: - Rows

    func rows(_ path: String, _ range: Range<Int>) throws -> [SheetRow] {
        let dataset = try dataset(path)
        return try dataset.rows(in: range).map { shown($0, in: dataset, path) }
    }

    func rows(_ path: String, picked: [Int]) throws -> [SheetRow] {
        let dataset = try dataset(path)
        return try picked.map { row in
            try Task.checkCancellation()
            return shown(try dataset.row(at: row), in: dataset, path)
        }
    }

    private func shown(_ row: Row, in dataset: Dataset, _ path: String) -> SheetRow {
        let draft = places.withLock { $0[path]?.draft }
        let content: DatasetRow =
            row.record.map { .record($0) } ?? .broken(text: row.text, why: why(row, in: dataset))
        return SheetRow(content, isEdited: row.isEdited, tags: draft?.tags(of: row.index) ?? [])
    }

    private func why(_ row: Row, in dataset: Dataset) -> Wording {
        do {
            _ = try dataset.record(at: row.index)
            return Wording("This line is no record.", "这一行不是记录。")
        } catch {
            return brief(error, in: dataset)
        }
    }

    /// The reason without the whole path, which would take its place: the file is the one on show.
    private func brief(_ error: DataError, in dataset: Dataset) -> Wording {
        let what = Explanation(of: error).what
        let name = dataset.path.split(separator: "/").last.map(String.init) ?? dataset.path
        return Wording(
            what.english.replacing(dataset.path, with: name), what.chinese.replacing(dataset.path, with: name))
    }

    // MARK: - Looking through all of it

    /// Records that are cut into tokens at every look. More would keep a core busy for a while after each edit; statistics
    /// and filters cut them all.
    private static let mostCut = 100_000

    /// Records that are compared with each other without being asked to: what is remembered of each takes a quarter of a
    /// gigabyte together.
    static let mostRemembered = 2_000_000

    /// What the checks see in the whole dataset.
    func inspect(_ path: String, _ work: DataWork) async throws -> [Finding] {
        let dataset = try draft(path).dataset
        guard dataset.count > 0 else { return [] }
        let options = CheckOptions(
            measure: dataset.count <= Self.mostCut ? try? await tokens() : nil, mostRemembered: Self.mostRemembered)
        guard dataset.shape == .completion, dataset.count <= Self.mostRemembered else {
            return try DatasetCheck.findings(of: dataset, options, work: work)
        }
        do throws(DataError) {
            return try Preparation(analysing: dataset, PrepareOptions(check: options), work: work).notices
        } catch {
            switch error {
            case .notJSON, .badRecord: return try DatasetCheck.findings(of: dataset, options, work: work)
            case .identicalPrompts, .identicalCompletions, .nothingUsable:
                // Such a file can be read, but nothing can be learned from it.
                return [Finding(id: "not-trainable", severity: .error, summary: brief(error, in: dataset))]
            default: throw error
            }
        }
    }

    func statistics(_ path: String, _ work: DataWork) async throws -> DatasetStats {
        try DatasetStats(of: try draft(path).dataset, tokens: try await tokens(), work: work)
    }

    func rows(
        _ path: String, _ query: RowQuery, losses: [Float]?, _ work: DataWork,
        grow: @escaping @Sendable ([Int32]) -> Void
    ) async throws -> [Int32] {
        let draft = try draft(path)
        let edited = draft.editedRows
        var facts = QueryFacts(losses: losses, tags: { draft.tags(of: $0) }, isEdited: { edited.contains($0) })
        if query.needs.contains(.tokens) { facts.tokens = try await tokens() }
        if query.needs.contains(.findings) { facts.findings = try findings(of: draft, path, work.stretch(0...0.5)) }
        let missing = facts.missing(of: query.needs)
        guard missing.isEmpty else { throw QueryLack(missing: missing) }
        return try query.rows(of: draft.dataset, facts: facts, work: work, grow: grow)
    }

    private func findings(of draft: Draft, _ path: String, _ work: DataWork) throws -> [String: RowSet] {
        let dataset = draft.dataset
        if let known = places.withLock({ $0[path]?.findings }), known.dataset == dataset { return known.rows }
        let rows = try DatasetCheck.report(of: dataset, work: work).rows
        places.withLock { $0[path]?.findings = (dataset, rows) }
        return rows
    }
}

extension RowEdit {
    /// Whether rows may stand elsewhere afterwards.
    fileprivate var shifts: Bool {
        switch self {
        case .replace, .replaceText, .change, .tag: false
        case .insert, .remove, .duplicate, .move, .merge: true
        }
    }
}

extension Draft.Status {
    /// Edits of a file that was changed while nobody had it open; nil when there are none.
    fileprivate var strandedChanges: Int? {
        if case .stranded(let changes)? = conflict { changes } else { nil }
    }
}

/// What a query asks for and nobody knows.
struct QueryLack: ExplainedError {
    let missing: Set<QueryNeed>

    var exitStatus: ExitStatus { .failed }

    var explanation: Explanation {
        if missing.contains(.tokens) {
            return Explanation(
                Wording("Tokens are counted by a base model, and there is none here yet.", "词元数由基础模型计算，而这里还没有基础模型。"),
                next: Wording(
                    "`tunedeck models pull smollm2-135m` fetches one.", "运行 `tunedeck models pull smollm2-135m` 获取。"))
        }
        return Explanation(
            Wording(
                "No finished job has told the losses of this file's records.", "还没有已完成的任务记录过这个文件中各条数据的损失。"),
            next: Wording("Train on it; they are known at the job's end.", "请用它训练；任务结束时即可得知。"))
    }
}
