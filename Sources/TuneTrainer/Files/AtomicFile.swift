import Foundation

/// Writes files that are whole or absent, also when the process or the power goes in the middle.
public enum AtomicFile {
    private static let mark = ".partial-"

    /// Writes the parts to a new file beside `path`, brings it to disk, and lets it take the place of `path`.
    static func write(_ parts: [UnsafeRawBufferPointer], to path: String) throws(TrainerError) {
        let draft = path + mark + "\(getpid())"
        let file = again { open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
        guard file >= 0 else { throw failure(path) }
        do throws(TrainerError) {
            for part in parts { try writeAll(part, to: file, path: path) }
            guard again({ fsync(file) }) == 0 else { throw failure(path) }
        } catch {
            close(file)
            unlink(draft)
            throw error
        }
        close(file)
        guard again({ rename(draft, path) }) == 0 else {
            let error = failure(path)
            unlink(draft)
            throw error
        }
        syncFolder(of: path)
    }

    /// Removes what writers that were killed have left in a folder and the folders in it.
    ///
    /// Only for a folder that nobody else writes into at the moment.
    static func removeDrafts(in folder: String) {
        guard let names = FileManager.default.enumerator(atPath: folder) else { return }
        let drafts = names.compactMap { $0 as? String }.filter { isDraft(($0 as NSString).lastPathComponent) }
        for draft in drafts { unlink(folder + "/" + draft) }
    }

    /// Whether a file of this name is one that was being written: `name.partial-123`.
    private static func isDraft(_ name: String) -> Bool {
        guard let range = name.range(of: mark, options: .backwards) else { return false }
        let process = name[range.upperBound...]
        return range.lowerBound > name.startIndex && !process.isEmpty && process.allSatisfy(\.isNumber)
    }

    public static func write(_ text: String, to path: String) throws(TrainerError) {
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

    private static func writeAll(_ part: UnsafeRawBufferPointer, to file: Int32, path: String) throws(TrainerError) {
        var rest = part
        while !rest.isEmpty {
            let count = again { Foundation.write(file, rest.baseAddress!, rest.count) }
            guard count > 0 else {
                // A file that takes nothing and gives no reason must not be tried for ever.
                if count == 0 { errno = EIO }
                throw failure(path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Makes a call again for as long as a signal cuts it short.
    private static func again<Count: SignedInteger>(_ call: () -> Count) -> Count {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
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
