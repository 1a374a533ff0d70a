import Foundation
import TuneModel

/// Takes the files of a new job into its folder, so that later edits of the originals do not change the run.
struct JobIntake {
    let workspace: Workspace
    let folder: String

    struct Taken {
        /// What the job calls it: an absolute path, or a file id.
        let name: String
        /// Where the run reads it, relative to the data folder.
        let copy: String
    }

    /// - Parameter file: a path, or the id of an uploaded file; an existing path wins.
    func take(_ file: String, as role: String) async throws -> Taken {
        let path = URL(filePath: file).standardizedFileURL.path(percentEncoded: false)
        if !FileManager.default.fileExists(atPath: path), let id = FileID(file) {
            let stored = try await LocalFiles(workspace).file(id)
            return try copy(workspace.paths.file(id), called: id.text, role, ending: ending(of: stored.filename))
        }
        return try copy(path, called: path, role, ending: ending(of: path))
    }

    /// Gives another job of the same sweep the same bytes without copying them again; nobody changes a copy.
    func share(_ taken: Taken, as role: String) throws -> Taken {
        try Folder.make(folder)
        let source = workspace.paths.data + "/" + taken.copy
        let name = URL(filePath: source).pathExtension
        let target = folder + "/" + role + (name.isEmpty ? "" : "." + name)
        if link(source, target) != 0 { try SafeCopy.copy(source, to: target) }
        return Taken(name: taken.name, copy: String(target.dropFirst(workspace.paths.data.count + 1)))
    }

    private func copy(_ source: String, called name: String, _ role: String, ending: String) throws -> Taken {
        try Folder.make(folder)
        let target = folder + "/" + role + ending
        try SafeCopy.copy(source, to: target)
        return Taken(name: name, copy: String(target.dropFirst(workspace.paths.data.count + 1)))
    }

    /// `.jsonl` of `a/b.jsonl`; readers go by it. Anything but a few letters is not taken over from a foreign name.
    private func ending(of name: String) -> String {
        let ending = URL(filePath: name).pathExtension
        let isPlain = ending.utf8.count <= 8 && ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isPlain && !ending.isEmpty ? "." + ending.lowercased() : ""
    }
}
