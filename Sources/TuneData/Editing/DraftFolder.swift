import Crypto
import Foundation

/// Where the journals of all datasets lie, and the names of one dataset's files there.
struct DraftFolder: Sendable {
    let folder: String
    /// The dataset's real path, links followed.
    let path: String
    private let name: String

    init(_ folder: String, of path: String) {
        self.folder = folder
        self.path = RecordWriter.realPath(path)
        name = SHA256.hash(data: Array(self.path.utf8)).prefix(16).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
    }

    var journal: String { folder + "/" + name + ".journal" }
    var lock: String { folder + "/" + name + ".lock" }
    /// A journal that cannot be read is put there.
    var damaged: String { folder + "/" + name + ".damaged" }

    /// Makes the folder, for its owner alone.
    func make() throws(DataError) {
        var facts = stat()
        if stat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unwritable(file: folder, reason: systemReason())
        }
    }
}
