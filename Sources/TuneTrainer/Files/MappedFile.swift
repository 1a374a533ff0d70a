import Glibc

/// A file's bytes, mapped read-only for as long as this object lives.
public final class MappedFile: Sendable {
    public let path: String
    /// Size of the file when it was opened.
    public let count: Int
    /// Never written through and unmapped only in `deinit`, so that any thread may read it at any time.
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer?
    private let isMapped: Bool

    /// Maps the file at `path`; an empty file is an empty mapping.
    public init(path: String) throws(TrainerError) {
        // A pipe must not make us wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }

        self.path = path
        count = Int(status.st_size)
        guard count > 0 else {
            base = nil
            isMapped = false
            return
        }
        let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapping, mapping != MAP_FAILED else { throw .cannotOpen(path: path, reason: systemReason()) }
        base = mapping
        isMapped = true
    }

    /// A file that is not on disk: a copy of the bytes, in memory of just that size.
    init(copying bytes: UnsafeRawBufferPointer, named path: String) {
        self.path = path
        count = bytes.count
        isMapped = false
        guard count > 0 else {
            base = nil
            return
        }
        base = malloc(count)
        base!.copyMemory(from: bytes.baseAddress!, byteCount: count)
    }

    /// Whether there is a folder at `path`, or a link to one.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    deinit {
        if let base {
            if isMapped { munmap(base, count) } else { free(base) }
        }
    }

    /// The whole file; the pointer must not outlive this object.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Gives back the memory of the pages that lie wholly within a stretch of the file; whoever touches them again
    /// gets them from the file again.
    public func letGo(_ range: Range<Int>) {
        // What is not in a file would be lost.
        guard let base, isMapped else { return }
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes \(range) of \(count)")
        let page = Int(getpagesize())
        let first = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        // A hint: when the system does not take it, nothing is lost but memory.
        if first < end { madvise(base + first, end - first, MADV_DONTNEED) }
    }
}

/// What the operating system says about the call that has just failed.
func systemReason() -> String { String(cString: strerror(errno)) }
