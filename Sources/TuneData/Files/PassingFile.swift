import Foundation

/// A file without a name: it is gone when nobody has it open any more.
final class PassingFile {
    private static let bufferSize = 1 << 20

    private let path: String
    private let descriptor: Int32
    private let buffer = ByteBuffer()

    /// `path` is the file it is made for, for messages.
    init(for path: String) throws(DataError) {
        self.path = path
        var template = Array((FileManager.default.temporaryDirectory.path + "/tunedeck-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw PendingFile.failure(path) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(DataError) {
        buffer.append(bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    func reader(path: String, identity: FileIdentity) throws(DataError) -> SourceFile {
        try flush()
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw PendingFile.failure(path) }
        return try SourceFile(adopting: copy, path: path, identity: identity)
    }

    /// Leaves out what was written behind a place.
    func cut(to count: Int) throws(DataError) {
        try flush()
        guard ftruncate(descriptor, off_t(count)) == 0 else { throw PendingFile.failure(path) }
    }

    private func flush() throws(DataError) {
        try buffer.write(to: descriptor, path: path)
    }
}
