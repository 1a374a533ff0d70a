public import TuneData
public import TuneModel

extension DatasetClient {
    /// Datasets in files, read and edited by `TuneData`.
    ///
    /// - Parameters:
    ///   - journals: the folder that unsaved edits are kept in.
    ///   - tokens: how records are cut into tokens; nil where no base model is at hand.
    public static func onDisk(
        journals: String, tokens: @escaping @Sendable () async throws -> TokenMeasure? = { nil }
    ) -> DatasetClient {
        let shelf = DatasetShelf(journals: journals, tokens: tokens)
        return DatasetClient(
            open: { try await shelf.open($0, grown: $1) },
            close: { shelf.close($0) },
            rows: { try shelf.rows($0, $1) },
            pickedRows: { try shelf.rows($0, picked: $1) },
            inspect: { try await shelf.inspect($0, DataWork(report: $1)) },
            statistics: { try await shelf.statistics($0, DataWork(report: $1)) },
            query: { try await shelf.rows($0, $1, losses: $2, DataWork(report: $3), grow: $4) },
            find: { try shelf.dataset($0).find($1, from: $2, forward: $3) },
            edit: { try shelf.edit($0, $1, DataWork(report: $2)) },
            preview: { try shelf.draft($0).preview($1, of: $2) },
            undo: { try shelf.undo($0) },
            redo: { try shelf.redo($0) },
            save: { path, manner, report in
                let draft = try shelf.draft(path)
                try draft.save(manner, work: DataWork(report: report))
                return shelf.facts(of: draft, path)
            },
            reload: { path, keepingEdits in
                let draft = try shelf.draft(path)
                let unplaced = try draft.reload(keepingEdits: keepingEdits).unplaced
                return (shelf.facts(of: draft, path), unplaced)
            },
            append: { path, record in
                guard shelf.isOpen(path) else {
                    try RecordWriter.append([record], to: path)
                    return nil
                }
                return try shelf.append(record, to: path)
            })
    }
}
