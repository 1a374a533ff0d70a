import Foundation

/// A folder that appears with all of its files, or not at all.
///
/// Files are written into a draft beside the target. A target that is not there yet gets the draft's place; into one
/// that is there the files are moved one by one, which leaves what else lies in it alone.
struct ExportFolder {
    let target: String
    /// Where to write the files.
    let draft: String

    /// - Throws: `targetExists` when the target has files in it and they may not be replaced, `notAFolder`.
    init(_ path: String, overwrites: Bool) throws(TrainerError) {
        let target = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw .export(path: target, .notAFolder) }
            guard overwrites || Self.names(in: target).isEmpty else { throw .export(path: target, .targetExists) }
        }
        self.target = target
        draft = target + ".partial-\(getpid())"
        try? FileManager.default.removeItem(atPath: draft)
        try AtomicFile.makeFolder(draft)
    }

    /// Moves the files to their place.
    func finish() throws(TrainerError) {
        guard FileManager.default.fileExists(atPath: target) else { return try move(draft, to: target) }
        for name in Self.names(in: draft) { try move("\(draft)/\(name)", to: "\(target)/\(name)") }
        discard()
    }

    /// Removes what has been written.
    func discard() { try? FileManager.default.removeItem(atPath: draft) }

    /// Names and sizes of the files, by name.
    func files(at path: String) -> [ExportReport.File] {
        Self.names(in: path).map { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
            return ExportReport.File(name: name, bytes: (attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }

    // MARK: -

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private func move(_ source: String, to place: String) throws(TrainerError) {
        guard rename(source, place) == 0 else {
            let reason = systemReason()
            if errno == EISDIR || errno == ENOTDIR { throw .export(path: place, .notAFolder) }
            throw .cannotWrite(path: place, reason: reason)
        }
    }
}
