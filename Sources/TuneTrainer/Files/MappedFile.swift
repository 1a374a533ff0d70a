import Glibc

/// A file's bytes, mapped read-only for as long as this object lives.
public final class MappedFile: Sendable {
    public let path: String
    /// Size of the file when it was opened.
    public let count: Int
    /// Never written through and unmapped only in `deinit`, so that any thread may read it at any time.
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer?
    private let isMapped: Bool
    /// For reading without the mapping; −1 for what is not on disk.
    private let descriptor: Int32
    /// What the file was when it was opened; nil for what is not on disk.
    let stamp: FileStamp?

    /// Maps the file at `path`; an empty file is an empty mapping.
    public init(path: String) throws(TrainerError) {
        // A pipe must not make us wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
        var isOpened = false
        defer { if !isOpened { close(descriptor) } }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }

        self.path = path
        count = Int(status.st_size)
        stamp = FileStamp(status)
        guard count > 0 else {
            base = nil
            isMapped = false
            self.descriptor = -1
            return
        }
        let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapping, mapping != MAP_FAILED else { throw .cannotOpen(path: path, reason: systemReason()) }
        base = mapping
        isMapped = true
        self.descriptor = descriptor
        isOpened = true
    }

    /// A file that is not on disk: a copy of the bytes, in memory of just that size.
    init(copying bytes: UnsafeRawBufferPointer, named path: String) {
        self.path = path
        count = bytes.count
        isMapped = false
        descriptor = -1
        stamp = nil
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
        if descriptor >= 0 { close(descriptor) }
    }

    /// The whole file; the pointer must not outlive this object.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Copies a stretch of the file without touching the mapping, which a file that was cut short meanwhile would make a
    /// deadly thing to do.
    func read(_ range: Range<Int>, to target: UnsafeMutableRawPointer) throws(TrainerError) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes \(range) of \(count)")
        guard isMapped, let base else {
            if let base { target.copyMemory(from: base + range.lowerBound, byteCount: range.count) }
            return
        }
        var done = 0
        while done < range.count {
            let step = pread(descriptor, target + done, range.count - done, off_t(range.lowerBound + done))
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
            guard step > 0 else { throw .modelFileChanged(path: path) }
            done += step
        }
        withExtendedLifetime(base) {}
    }

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
