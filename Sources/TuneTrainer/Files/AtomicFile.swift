import Foundation

/// Writes files that are whole or absent, also when the process or the power goes in the middle.
enum AtomicFile {
    /// Writes the parts to a new file beside `path`, brings it to disk, and lets it take the place of `path`.
    static func write(_ parts: [UnsafeRawBufferPointer], to path: String) throws(TrainerError) {
        let draft = path + draftMark + "\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path) }
        do throws(TrainerError) {
            for part in parts { try writeAll(part, to: file, path: path) }
            guard fsync(file) == 0 else { throw failure(path) }
        } catch {
            close(file)
            unlink(draft)
            throw error
        }
        close(file)
        guard rename(draft, path) == 0 else {
            let error = failure(path)
            unlink(draft)
            throw error
        }
        syncFolder(of: path)
    }

    /// Removes what writers that were killed have left in a folder. Nobody may be writing there.
    static func removeDrafts(in folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.contains(draftMark) { unlink("\(folder)/\(name)") }
    }

    static func write(_ text: String, to path: String) throws(TrainerError) {
        let bytes = Array(text.utf8)
        // The buffer pointer stays valid inside the closure; typed throws do not pass through it, hence the result.
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(TrainerError) in try write([buffer], to: path) }
        }
        try result.get()
    }

    static func makeFolder(_ path: String) throws(TrainerError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: path, reason: error.localizedDescription)
        }
    }

    // MARK: -

    private static let draftMark = ".partial-"

    private static func writeAll(_ part: UnsafeRawBufferPointer, to file: Int32, path: String) throws(TrainerError) {
        var rest = part
        while !rest.isEmpty {
            let count = Foundation.write(file, rest.baseAddress!, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                throw failure(path)
            }
        }
    }

    /// A rename is only safe once the folder is on disk; file systems that cannot do so are left to their own promise.
    private static func syncFolder(of path: String) {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func failure(_ path: String) -> TrainerError {
        errno == ENOSPC || errno == EDQUOT
            ? .diskFull(path: path) : .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
}
