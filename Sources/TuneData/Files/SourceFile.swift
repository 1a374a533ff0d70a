import Foundation

/// An open file that is only read.
///
/// Bytes are read by position rather than mapped: a file that another program cuts short while it is open then gives
/// an error to tell, where a mapping would end the process; and memory stays as small as the buffer.
final class SourceFile: Sendable {
    let path: String
    /// Bytes, when it was opened.
    let size: Int
    let identity: FileIdentity
    private let descriptor: Int32

    init(opening path: String) throws(DataError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? .fileMissing(file: path) : .unreadable(file: path, reason: systemReason())
        }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile(file: path)
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(facts.st_size)
        identity = FileIdentity(facts)
    }

    /// Takes over a descriptor that is already open; `path` is what messages call it.
    init(adopting descriptor: Int32, path: String, identity: FileIdentity) throws(DataError) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw .unreadable(file: path, reason: systemReason()) }
        self.path = path
        self.descriptor = descriptor
        size = Int(facts.st_size)
        self.identity = identity
    }

    deinit { close(descriptor) }

    /// Fills as much of the buffer as the file still has from `offset` on; returns the bytes read.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(file: path, reason: systemReason())
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The bytes of a range, all of them.
    func bytes(in range: Range<Int>) throws(DataError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var problem: DataError?
        var count = 0
        bytes.withUnsafeMutableBytes { buffer in
            do throws(DataError) { count = try read(at: range.lowerBound, into: buffer) } catch { problem = error }
        }
        if let problem { throw problem }
        guard count == range.count else { throw .changedMeanwhile(file: path) }
        return bytes
    }

    /// The first bytes, fewer where the file is shorter.
    func head(_ count: Int) throws(DataError) -> [UInt8] { try bytes(in: 0..<min(count, size)) }

    /// Whether the open file was written to since.
    var isUnchanged: Bool {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 && FileIdentity(facts) == identity
    }
}

/// What tells one state of a file from another without reading it.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    init(_ facts: stat) {
        device = UInt64(facts.st_dev)
        inode = UInt64(facts.st_ino)
        size = Int64(facts.st_size)
        #if canImport(Darwin)
            seconds = facts.st_mtimespec.tv_sec
            nanoseconds = facts.st_mtimespec.tv_nsec
        #else
            seconds = facts.st_mtim.tv_sec
            nanoseconds = facts.st_mtim.tv_nsec
        #endif
    }
}

/// The system's own words for its last failure.
func systemReason(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }
