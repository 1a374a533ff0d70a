import Crypto
import Foundation

/// Copies a file so that the target is there whole or not at all.
enum SafeCopy {
    /// Bytes read and written at once.
    private static let piece = 1 << 20

    /// Copies through a neighbour of the target and a rename, which lasts through a loss of power.
    ///
    /// - Parameter progress: bytes copied so far.
    /// - Returns: the SHA-256 of the bytes in hexadecimal when `hashing`, and how many there are.
    @discardableResult
    static func copy(
        _ source: String, to target: String, hashing: Bool = false, progress: (Int64) -> Void = { _ in }
    ) throws -> (sha256: String?, bytes: Int64) {
        let reader = try openSource(source)
        defer { close(reader) }
        let partial = target + ".partial-\(UUID().uuidString)"
        let writer = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard writer >= 0 else { throw StoreError(savingTo: target, errno: errno) }
        var isFinished = false
        defer {
            close(writer)
            if !isFinished { unlink(partial) }
        }
        var hash = hashing ? SHA256() : nil
        let bytes = try pump(reader, writer, source: source, target: target, &hash, progress)
        guard fsync(writer) == 0, rename(partial, target) == 0 else { throw StoreError(savingTo: target, errno: errno) }
        isFinished = true
        Folder.sync(URL(filePath: target).deletingLastPathComponent().path(percentEncoded: false))
        return (hash.map { $0.finalize().hexadecimal }, bytes)
    }

    /// The SHA-256 of a file in hexadecimal.
    static func sha256(of path: String) throws -> String {
        let reader = try openSource(path)
        defer { close(reader) }
        var hash = SHA256()
        try forEachPiece(of: reader, path) { hash.update(bufferPointer: $0) }
        return hash.finalize().hexadecimal
    }

    /// Opens a plain file for reading.
    ///
    /// - Throws: `sourceMissing`, `sourceIsFolder`, `sourceUnreadable`.
    static func openSource(_ path: String) throws(StoreError) -> CInt {
        // Without O_NONBLOCK a pipe would wait for its writer here.
        let reader = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard reader >= 0 else {
            throw errno == ENOENT
                ? .sourceMissing(path: path)
                : .sourceUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
        var facts = stat()
        fstat(reader, &facts)
        switch facts.st_mode & S_IFMT {
        case S_IFREG: return reader
        case S_IFDIR:
            close(reader)
            throw .sourceIsFolder(path: path)
        default:
            close(reader)
            throw .sourceUnreadable(path: path, reason: "not a regular file")
        }
    }

    // MARK: - Private

    private static func pump(
        _ reader: CInt, _ writer: CInt, source: String, target: String, _ hash: inout SHA256?,
        _ progress: (Int64) -> Void
    ) throws -> Int64 {
        if hash == nil, let bytes = clone(reader, writer) { return bytes }
        var bytes: Int64 = 0
        try forEachPiece(of: reader, source) { piece in
            try Task.checkCancellation()
            hash?.update(bufferPointer: piece)
            var rest = piece[...]
            while !rest.isEmpty {
                let written = write(writer, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written >= 0 else { throw StoreError(savingTo: target, errno: errno) }
                rest = rest.dropFirst(written)
            }
            bytes += Int64(piece.count)
            progress(bytes)
        }
        return bytes
    }

    private static func forEachPiece(
        of reader: CInt, _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(reader, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw StoreError.sourceUnreadable(path: path, reason: String(cString: strerror(errno)))
            }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Shares the blocks on file systems that can; nil when this one cannot.
    private static func clone(_ reader: CInt, _ writer: CInt) -> Int64? {
        #if os(Linux)
            // FICLONE of linux/fs.h: _IOW(0x94, 9, int), a macro that Swift does not see.
            guard ioctl(writer, UInt(0x4004_9409), reader) == 0 else { return nil }
            var facts = stat()
            return fstat(writer, &facts) == 0 ? Int64(facts.st_size) : nil
        #else
            return nil
        #endif
    }
}

extension SHA256Digest {
    fileprivate var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
