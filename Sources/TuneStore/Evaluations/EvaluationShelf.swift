import Foundation
public import TuneModel

/// The evaluations of the workspace, a JSON file each: `evaluations/eval-….json`.
public struct EvaluationShelf: Sendable {
    private let folder: String

    public init(_ paths: Paths) { folder = paths.evaluations }

    /// Keeps an evaluation; one with the same id is replaced.
    public func save(_ report: EvaluationReport) throws(StoreError) {
        try Folder.make(folder)
        let path = path(of: report.id)
        do {
            try Data(StoredJSON.text(report).utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw StoreError(savingTo: path, error)
        }
        Folder.sync(folder)
    }

    /// - Throws: `evaluationNotFound` with those that exist, `evaluationUnreadable`.
    public func load(_ id: String) throws(StoreError) -> EvaluationReport {
        guard Self.isID(id), let data = FileManager.default.contents(atPath: path(of: id)) else {
            throw .evaluationNotFound(id, known: Array(ids().prefix(5)))
        }
        do {
            return try StoredJSON.value(String(decoding: data, as: UTF8.self))
        } catch {
            throw .evaluationUnreadable(path: path(of: id))
        }
    }

    /// The newest first; a file that cannot be read is left out.
    public func list(limit: Int = 100) -> [EvaluationCard] {
        ids().prefix(limit).compactMap { id in (try? load(id)).map(EvaluationCard.init) }
    }

    /// - Throws: `evaluationNotFound`, `notWritable`.
    public func delete(_ id: String) throws(StoreError) {
        guard Self.isID(id), FileManager.default.fileExists(atPath: path(of: id)) else {
            throw .evaluationNotFound(id, known: Array(ids().prefix(5)))
        }
        try Folder.remove(path(of: id))
    }

    // MARK: - Private

    private func path(of id: String) -> String { folder + "/" + id + ".json" }

    /// The newest first.
    private func ids() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.filter(Self.isID)
            .map { (id: $0, date: date(of: $0)) }.sorted { ($1.date, $0.id) < ($0.date, $1.id) }.map(\.id)
    }

    private func date(of id: String) -> Date {
        let facts = try? FileManager.default.attributesOfItem(atPath: path(of: id))
        return facts?[.modificationDate] as? Date ?? .distantPast
    }

    /// Anything else could lead out of the folder.
    private static func isID(_ id: String) -> Bool {
        id.hasPrefix("eval-") && id.utf8.count <= 64
            && id.dropFirst(5).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
