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
        name = String(Fingerprint.text(of: self.path).prefix(32))
    }

    var journal: String { folder + "/" + name + ".journal" }
    var lock: String { folder + "/" + name + ".lock" }
    /// A journal that cannot be read is put there.
    var damaged: String { folder + "/" + name + ".damaged" }

    /// Takes away what writers of the journal and of the dataset left when they were killed. Only for who has the lock.
    func clean() {
        for path in [journal, path] {
            let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
            let folder = slash == path.startIndex ? "." : String(path[..<slash])
            guard let stream = opendir(folder) else { continue }
            defer { closedir(stream) }
            let head = PendingFile.passingHead(of: path)
            while let entry = readdir(stream) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name.hasPrefix(head), name.hasSuffix(PendingFile.passingTail) else { continue }
                let middle = name.dropFirst(head.count).dropLast(PendingFile.passingTail.count)
                guard !middle.isEmpty, UInt64(middle, radix: 36) != nil else { continue }
                unlink(folder + "/" + name)
            }
        }
    }

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
