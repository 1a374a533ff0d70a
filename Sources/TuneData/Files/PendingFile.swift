import Foundation

/// A file being written under a passing name in the folder where it belongs, invisible until it is published whole.
///
/// One thread uses it. Unless it is published, it is removed when it goes out of use.
final class PendingFile {
    private static let bufferSize = 1 << 20

    /// What it is to be called, for messages.
    let path: String
    private let passingPath: String
    let descriptor: Int32
    private let buffer = ByteBuffer(capacity: PendingFile.bufferSize + 4096)
    private let waitsForDisk: Bool
    private var isPublished = false
    /// Bytes handed over so far.
    private(set) var count = 0

    /// `mode` is narrowed by the process's mask, unless it was taken from a file that is to be replaced. A file that can
    /// be made again need not wait for the disk when it gets its name.
    init(for path: String, mode: mode_t? = nil, waitsForDisk: Bool = true) throws(DataError) {
        self.path = path
        self.waitsForDisk = waitsForDisk
        var source = SystemRandomNumberGenerator()
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let name = Self.passingHead(of: path) + String(source.next() as UInt64, radix: 36) + Self.passingTail
        passingPath = path[..<slash] + name
        let made = passingPath
        descriptor = uninterrupted { open(made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666) }
        guard descriptor >= 0 else { throw Self.failure(path) }
        if let mode { fchmod(descriptor, mode & 0o7777) }
    }

    /// What the passing names of a file begin and end with.
    static func passingHead(of path: String) -> String {
        "." + (path.split(separator: "/").last ?? "").prefix(80) + "."
    }

    static let passingTail = ".tmp"

    deinit {
        close(descriptor)
        if !isPublished { unlink(passingPath) }
    }

    @inline(__always)
    func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(DataError) {
        count += bytes.count
        if bytes.count >= Self.bufferSize / 2 {
            try flush()
            return try bytes.write(to: descriptor, path: path)
        }
        buffer.append(bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    func write(_ bytes: [UInt8]) throws(DataError) {
        try bytes.withUnsafeBufferPointer { buffer throws(DataError) in try write(buffer) }
    }

    /// Writes a range of another file.
    func copy(_ range: Range<Int>, of source: SourceFile) throws(DataError) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let end = min(offset + Self.bufferSize, range.upperBound)
            try write(try source.bytes(in: offset..<end))
            offset = end
        }
    }

    /// Leaves the file to the owner of the one it is to replace, as far as the system lets.
    func takeOwner(of facts: stat) {
        _ = fchown(descriptor, facts.st_uid, facts.st_gid)
        fchmod(descriptor, facts.st_mode & 0o7777)
    }

    /// Hands all bytes to the system.
    func flush() throws(DataError) {
        try buffer.write(to: descriptor, path: path)
    }

    /// The bytes written so far, for reading.
    func reader() throws(DataError) -> SourceFile {
        try flush()
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw Self.failure(path) }
        var facts = stat()
        fstat(copy, &facts)
        return try SourceFile(adopting: copy, path: path, identity: FileIdentity(facts))
    }

    /// A descriptor of its own for going on with the file after it was published.
    func adopt() throws(DataError) -> Int32 {
        try flush()
        let other = uninterrupted { open(passingPath, O_RDWR | O_CLOEXEC | O_NOFOLLOW) }
        guard other >= 0 else { throw Self.failure(path) }
        return other
    }

    /// Has all bytes on the disk.
    func sync() throws(DataError) {
        try flush()
        // Some network file systems cannot; the bytes are as safe there as they ever are.
        guard uninterrupted({ fsync(descriptor) }) == 0 || errno == EINVAL || errno == ENOTSUP else {
            throw Self.failure(path)
        }
    }

    /// Gives the file its name; false when another file has it by now.
    func publish() throws(DataError) -> Bool {
        if link(passingPath, path) == 0 {
            unlink(passingPath)
        } else if errno == EEXIST {
            return false
        } else {
            // No hard links here: look, then rename.
            var facts = stat()
            if lstat(path, &facts) == 0 { return false }
            guard uninterrupted({ rename(passingPath, path) }) == 0 else { throw Self.failure(path) }
        }
        isPublished = true
        if waitsForDisk { Self.syncFolder(of: path) }
        return true
    }

    /// Gives several files their names: all of them, or none.
    static func publish(_ files: [PendingFile]) throws(DataError) {
        for (place, file) in files.enumerated() {
            do throws(DataError) {
                guard try file.publish() else { throw .nameTaken(file: file.path) }
            } catch {
                for done in files[..<place] { done.withdraw() }
                throw error
            }
        }
    }

    /// Takes back a file that was just published.
    func withdraw() {
        guard isPublished else { return }
        unlink(path)
    }

    /// Puts the file in the place of the one that has its name, at one stroke.
    func replace() throws(DataError) {
        guard uninterrupted({ rename(passingPath, path) }) == 0 else { throw Self.failure(path) }
        isPublished = true
        if waitsForDisk { Self.syncFolder(of: path) }
    }

    // MARK: -

    static func failure(_ path: String, _ code: Int32 = errno) -> DataError {
        code == ENOSPC || code == EDQUOT ? .diskFull(file: path) : .unwritable(file: path, reason: systemReason(code))
    }

    /// Has the folder's entry on the disk as well.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// Makes a call of the system again as long as signals interrupt it.
func uninterrupted(_ call: () -> Int32) -> Int32 {
    while true {
        let result = call()
        guard result == -1, errno == EINTR else { return result }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Hands all bytes to the system.
    func write(to descriptor: Int32, path: String) throws(DataError) {
        var done = 0
        while done < count {
            let step = Foundation.write(descriptor, baseAddress! + done, count - done)
            if step < 0 {
                if errno == EINTR { continue }
                throw PendingFile.failure(path)
            }
            done += step
        }
    }
}

extension ByteBuffer {
    /// Hands all bytes to the system and forgets them.
    func write(to descriptor: Int32, path: String) throws(DataError) {
        try bytes.write(to: descriptor, path: path)
        count = 0
    }
}
