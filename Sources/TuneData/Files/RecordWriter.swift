import Foundation
public import TuneModel

/// Changes a file of JSON lines for its owner: adds records at its end, or puts one in the place of another.
public enum RecordWriter {
    /// Adds records at the end of a file, which is made if there is none. They are on the disk when this returns.
    ///
    /// A missing last line end is added first. When the disk is full the file is as it was.
    public static func append(_ records: [Record], to path: String) throws(DataError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw PendingFile.failure(path) }
        defer { close(descriptor) }
        // Two programs that add at once must not meet between the look at the end and the write.
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(file: path) }
        // A line at the end of a packed file or a workbook would break it.
        var head = [UInt8](repeating: 0, count: 4)
        let known = pread(descriptor, &head, 4, 0)
        if known >= 3, head.starts(with: [0x1f, 0x8b, 0x08]) { throw .notEditable(file: path, extension: "gz") }
        if known == 4, head == [0x50, 0x4b, 0x03, 0x04] { throw .notEditable(file: path, extension: "xlsx") }

        var bytes: [UInt8] = []
        var last: UInt8 = 0x0a
        if facts.st_size > 0, pread(descriptor, &last, 1, facts.st_size - 1) == 1, last != 0x0a { bytes.append(0x0a) }
        for record in records { bytes += RecordLine.bytes(of: record) + [0x0a] }
        var done = 0
        while done < bytes.count {
            let step = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress! + done, bytes.count - done)
            }
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else {
                let failure = PendingFile.failure(path)
                ftruncate(descriptor, facts.st_size)
                throw failure
            }
            done += step
        }
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw PendingFile.failure(path) }
    }

    /// Puts a record in the place of a dataset's row; all other bytes stay as they are.
    public static func replace(row: Int, of dataset: Dataset, with record: Record) throws(DataError) {
        try edit(dataset, row: row, insertsBehind: false, line: RecordLine.bytes(of: record, dataset.columns))
    }

    /// Puts a line in the place of a dataset's row, byte for byte; all other bytes stay as they are. The line is not
    /// looked at: it may be broken, but has no line end in it.
    public static func replace(row: Int, of dataset: Dataset, with line: [UInt8]) throws(DataError) {
        precondition(!line.contains(0x0a), "a row is one line")
        try edit(dataset, row: row, insertsBehind: false, line: line)
    }

    /// Puts a record behind a dataset's row; all other bytes stay as they are.
    public static func insert(_ record: Record, after row: Int, of dataset: Dataset) throws(DataError) {
        try edit(dataset, row: row, insertsBehind: true, line: RecordLine.bytes(of: record, dataset.columns))
    }

    /// Takes a dataset's row out; all other bytes stay as they are.
    public static func remove(row: Int, of dataset: Dataset) throws(DataError) {
        try edit(dataset, row: row, insertsBehind: false, line: nil)
    }

    // MARK: -

    private static func edit(
        _ dataset: Dataset, row: Int, insertsBehind: Bool, line: [UInt8]?
    ) throws(DataError) {
        guard dataset.isEditable else {
            throw .notEditable(file: dataset.path, extension: dataset.isPacked ? "gz" : dataset.format.rawValue)
        }
        guard dataset.isCurrent else { throw .changedMeanwhile(file: dataset.path) }
        precondition(dataset.edits == nil, "edited rows are saved by their draft")
        let (content, end) = try dataset.span(of: row)
        let source = dataset.original
        // A link is followed, so that it still points to the file afterwards.
        let path = realPath(dataset.path)
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw .changedMeanwhile(file: dataset.path) }
        let file = try PendingFile(for: path, mode: facts.st_mode)
        file.takeOwner(of: facts)

        try file.copy(0..<(insertsBehind ? content.upperBound : content.lowerBound), of: source)
        let ending = try lineEnd(of: source, from: content.upperBound, to: end)
        if insertsBehind { try file.write(ending.isEmpty ? [0x0a] : ending) }
        try file.write(line ?? [])
        // Without its row a line end goes too.
        try file.copy((line == nil ? end : content.upperBound)..<source.size, of: source)
        try file.sync()
        guard dataset.isCurrent else { throw .changedMeanwhile(file: dataset.path) }
        try file.replace()
    }

    private static func lineEnd(of source: SourceFile, from start: Int, to end: Int) throws(DataError) -> [UInt8] {
        start < end ? try source.bytes(in: start..<end) : []
    }

    static func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
