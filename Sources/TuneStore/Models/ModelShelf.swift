import Foundation
import GRDB
import TuneModel

/// The models of the workspace: base models with their weights, and what jobs have learned on them.
public struct ModelShelf: Sendable {
    let workspace: Workspace
    public let aliases: ModelAliases

    public init(_ workspace: Workspace, aliases: ModelAliases = .standard) {
        self.workspace = workspace
        self.aliases = aliases
    }

    /// Base models first, then fine-tuned ones, newest first.
    public func list() async throws -> [ShelvedModel] {
        let paths = workspace.paths
        return try await workspace.read { try ModelTable.models(in: paths, $0) }
    }

    /// The model of this name or alias; a name wins over an alias.
    ///
    /// - Throws: `modelNotFound` with the names that there are, `modelFileMissing`.
    public func find(_ name: String) async throws -> ShelvedModel {
        let paths = workspace.paths
        let names = [name, aliases[name]].compactMap { $0 }
        let model = try await workspace.read { db in
            for name in names {
                if let model = try ModelTable.model(name, in: paths, db) { return model }
            }
            throw StoreError.modelNotFound(names.last ?? name, known: try ModelTable.names(db))
        }
        for path in [model.weightsPath, model.adapterFolder].compactMap({ $0 })
        where !FileManager.default.fileExists(atPath: path) {
            throw StoreError.modelFileMissing(model.name, path: path)
        }
        return model
    }

    /// Takes a GGUF file onto the shelf under a name, or some files of a folder; they themselves stay where they are.
    ///
    /// Whether it holds a model that can be trained is for the caller to check first.
    ///
    /// - Parameter parts: names of the files in a folder that make up the model; nil for a single file.
    public func add(
        _ path: String, name: String, parts: [String]? = nil, progress: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> ShelvedModel {
        guard Self.isUsable(name) else { throw StoreError.modelNameUnusable(name) }
        if try await has(name) { throw StoreError.modelExists(name) }
        let folder = workspace.paths.model(name)
        try Folder.make(folder)
        do {
            guard let parts else {
                let target = folder + "/model.gguf"
                let copy = try SafeCopy.copy(path, to: target, progress: progress)
                return try await register(name, weights: target, bytes: copy.bytes, sha256: nil)
            }
            var bytes: Int64 = 0
            for part in parts {
                // A name with a way in it could leave the folder.
                let file = (part as NSString).lastPathComponent
                bytes += try SafeCopy.copy(path + "/" + file, to: folder + "/" + file) { [bytes] in
                    progress(bytes + $0)
                }.bytes
            }
            return try await register(name, weights: folder, bytes: bytes, sha256: nil)
        } catch {
            try? Folder.remove(folder)
            throw error
        }
    }

    /// Deletes a model and its files.
    ///
    /// - Throws: `modelNotFound`; `modelInUse` while a job needs it; `modelHasOffspring` while others stand on it.
    public func delete(_ name: String) async throws {
        let paths = workspace.paths
        let model = try await workspace.write { db in
            guard let model = try ModelTable.model(name, in: paths, db) else {
                throw StoreError.modelNotFound(name, known: try ModelTable.names(db))
            }
            if let job = try JobTable.open(where: "model", is: name, db) { throw StoreError.modelInUse(name, by: job) }
            try ModelTable.delete(name, db)
            return model
        }
        try Folder.remove(model.isBase ? paths.model(name) : model.adapterFolder ?? model.weightsPath)
    }

    /// A name that works as a folder, on a command line and inside of `ft:…`: letters, digits, `.`, `_`, `-`.
    public static func isUsable(_ name: String) -> Bool {
        name.utf8.count <= 64 && name.first.map { $0.isASCII && ($0.isLetter || $0.isNumber) } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    // MARK: - Inside of the module

    func has(_ name: String) async throws -> Bool {
        let paths = workspace.paths
        return try await workspace.read { try ModelTable.model(name, in: paths, $0) } != nil
    }

    func register(_ name: String, weights: String, bytes: Int64, sha256: String?) async throws -> ShelvedModel {
        let paths = workspace.paths
        return try await workspace.write { db in
            try ModelTable.insertBase(name, weights: weights, bytes: bytes, sha256: sha256, in: paths, db)
            guard let model = try ModelTable.model(name, in: paths, db) else {
                throw StoreError.modelNotFound(name, known: [])
            }
            return model
        }
    }
}
