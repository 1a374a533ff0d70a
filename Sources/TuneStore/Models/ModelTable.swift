import Foundation
import GRDB
import TuneModel

/// The table of models.
enum ModelTable {
    static func model(_ name: String, in paths: Paths, _ db: Database) throws -> ShelvedModel? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT models.*, bases.weights AS base_weights
                FROM models LEFT JOIN models AS bases ON bases.name = models.base WHERE models.name = ?
                """, arguments: [name]
        ).flatMap { shelved($0, paths) }
    }

    /// Base models by name, then fine-tuned ones, newest first.
    static func models(in paths: Paths, _ db: Database) throws -> [ShelvedModel] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT models.*, bases.weights AS base_weights
                FROM models LEFT JOIN models AS bases ON bases.name = models.base
                ORDER BY models.base IS NOT NULL, CASE WHEN models.base IS NULL THEN models.name END,
                    models.created_at DESC
                """
        ).compactMap { shelved($0, paths) }
    }

    static func names(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM models ORDER BY base IS NOT NULL, name")
    }

    /// Fine-tuned models that stand on a base.
    static func offspring(of name: String, _ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM models WHERE base = ? ORDER BY name", arguments: [name])
    }

    /// A base model whose weights lie at `weights`; one of the same name is replaced.
    static func insertBase(
        _ name: String, weights: String, bytes: Int64, sha256: String?, in paths: Paths, _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO models (name, weights, bytes, created_at, sha256) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET
                    weights = excluded.weights, bytes = excluded.bytes, sha256 = excluded.sha256
                """,
            arguments: [name, paths.relative(weights), bytes, Date.now.timeIntervalSince1970, sha256])
    }

    /// What a job learned, under a name that no other model has.
    ///
    /// - Returns: the name.
    static func insert(_ outcome: JobOutcome, of job: Job, in paths: Paths, _ db: Database) throws -> String {
        var date = Date.now
        var name = ""
        repeat {
            name = ModelCard.fineTunedName(base: outcome.base, suffix: outcome.suffix, at: date)
            date += 1
        } while try Bool.fetchOne(db, sql: "SELECT 1 FROM models WHERE name = ?", arguments: [name]) ?? false
        let (adapter, weights): (String?, String?) =
            switch outcome.delivery {
            case .adapter(let folder): (folder, nil)
            case .model(let path): (nil, path)
            }
        try db.execute(
            sql: """
                INSERT INTO models (name, base, job, adapter, weights, bytes, created_at, separator, ending, chat)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                name, outcome.base, job.id.text, adapter.map(paths.relative), weights.map(paths.relative),
                Folder.size(outcome.delivery.path), Date.now.timeIntervalSince1970, outcome.separator, outcome.ending,
                outcome.isChat,
            ])
        return name
    }

    /// Forgets a model.
    ///
    /// - Throws: `modelInUse` while a job starts from it, `modelHasOffspring` while others stand on it.
    static func delete(_ name: String, _ db: Database) throws {
        if let job = try JobTable.open(where: "model", is: name, db) { throw StoreError.modelInUse(name, by: job) }
        let offspring = try offspring(of: name, db)
        if !offspring.isEmpty { throw StoreError.modelHasOffspring(name, offspring) }
        try db.execute(sql: "DELETE FROM models WHERE name = ?", arguments: [name])
    }

    private static func shelved(_ row: Row, _ paths: Paths) -> ShelvedModel? {
        guard let createdAt = row.date("created_at") else { return nil }
        let base: String? = row["base"]
        let weights: String? = row["weights"] ?? row["base_weights"]
        let job = (row["job"] as String?).flatMap(JobID.init)
        let kind: ModelCard.Kind =
            if let base, let job { .fineTuned(base: base, job: job) } else { .base }
        return weights.map { weights in
            ShelvedModel(
                card: ModelCard(name: row["name"], kind: kind, createdAt: createdAt, bytes: row["bytes"]),
                weightsPath: paths.absolute(weights),
                adapterFolder: (row["adapter"] as String?).map(paths.absolute),
                separator: row["separator"], ending: row["ending"], isChat: row["chat"], sha256: row["sha256"])
        }
    }
}

extension Paths {
    /// A path as the database keeps it: relative to the data folder, so that a workspace can be moved.
    func relative(_ path: String) -> String {
        path.hasPrefix(data + "/") ? String(path.dropFirst(data.count + 1)) : path
    }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : data + "/" + path
    }
}
