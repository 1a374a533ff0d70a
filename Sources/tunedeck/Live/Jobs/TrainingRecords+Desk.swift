import Foundation
import TuneModel
import TuneStore

extension TrainingRecords {
    /// The records of a path, or of an uploaded file by its id; an existing path wins.
    init(file: String, on desk: Desk, limit: Int = .max) async throws {
        guard !FileManager.default.fileExists(atPath: file), let id = FileID(file) else {
            try self.init(path: file, limit: limit)
            return
        }
        // Uploaded bytes have no ending in their name, and a file's format is told by it.
        let stored = try await desk.files.file(id)
        let ending = URL(filePath: stored.filename).pathExtension
        let view = desk.paths.cache + "/\(id)-\(UUID().uuidString.prefix(8)).\(ending)"
        try FileManager.default.createSymbolicLink(
            atPath: view, withDestinationPath: try await desk.files.path(of: id))
        defer { unlink(view) }
        try self.init(path: view, limit: limit)
    }
}
