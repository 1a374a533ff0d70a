import Foundation

/// Writes files that are whole or absent, also when the process or the power goes in the middle.
public enum AtomicFile {
    private static let mark = ".partial-"

    /// What a file is called while this process writes it; `removeDrafts` knows such names.
    static func draft(of path: String) -> String { path + mark + "\(getpid())" }

    /// A new file beside the one that it is to become.
    struct Draft {
        fileprivate let file: Int32
        /// Of the file that it is to become, for errors.
        let path: String

        func append(_ bytes: UnsafeRawBufferPointer) throws(TrainerError) {
            try writeAll(bytes, to: file, path: path)
        }
    }

    /// Lets `body` fill a new file beside `path`, brings it to disk, and lets it take the place of `path`.
    ///
    /// There has to be room for `size` bytes, where they are known: a disk too full is seen before the work.
    static func write(
        to path: String, size: Int = 0, _ body: (Draft) throws(TrainerError) -> Void
    ) throws(TrainerError) {
        let draft = draft(of: path)
        let file = again { open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
        guard file >= 0 else { throw failure(path) }
        do throws(TrainerError) {
            try demand(size, of: file, path: path)
            try body(Draft(file: file, path: path))
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

    /// Writes the parts one after the other.
    static func write(_ parts: [UnsafeRawBufferPointer], to path: String) throws(TrainerError) {
        try write(to: path) { (draft) throws(TrainerError) in
            for part in parts { try draft.append(part) }
        }
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
    static func again<Count: SignedInteger>(_ call: () -> Count) -> Count {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    /// What the file system knows of its room; a quota that it does not tell of is met while writing.
    private static func demand(_ size: Int, of file: Int32, path: String) throws(TrainerError) {
        var status = statvfs()
        guard size > 0, fstatvfs(file, &status) == 0 else { return }
        let (room, overflows) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
        guard overflows || room >= UInt(size) else { throw .diskFull(path: path) }
    }

    /// A rename is only safe once the folder is on disk; file systems that cannot do so are left to their own promise.
    private static func syncFolder(of path: String) {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Why the call that has just failed on a file did.
    static func failure(_ path: String) -> TrainerError {
        errno == ENOSPC || errno == EDQUOT
            ? .diskFull(path: path) : .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
}
