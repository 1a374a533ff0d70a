import Foundation

/// The rows of a file of another format, written as JSON lines into a nameless passing file.
///
/// Blank lines stand where the original has more lines than rows, so that a row's line number is the same in both. One
/// thread uses it.
final class Transcript {
    private let path: String
    private let file: PassingFile
    private let buffer = ByteBuffer()
    private var line = 1

    private init(_ path: String) throws(DataError) {
        self.path = path
        file = try PassingFile(for: path)
    }

    /// Reads a file as its format says; nil for one that holds JSON lines already.
    static func of(_ source: SourceFile, format: Format, work: DataWork) throws(DataError) -> SourceFile? {
        switch format {
        case .jsonl:
            guard try JSONDocument.isOne(source) else { return nil }
            return try JSONDocument.transcribe(source)
        case .json:
            return try JSONDocument.transcribe(source)
        case .csv, .tsv:
            let transcript = try Transcript(source.path)
            let delimiter = UInt8(ascii: format == .csv ? "," : "\t")
            try TableReader(file: source, delimiter: delimiter).transcribe(into: transcript, work: work)
            return try transcript.finish(source)
        case .txt:
            let transcript = try Transcript(source.path)
            try LineReader(file: source).walk(work: work) { line throws(DataError) in
                try transcript.add([("prompt", []), ("completion", Array(line.bytes))], at: line.number)
                return true
            }
            return try transcript.finish(source)
        }
    }

    /// A transcript of a document whose rows `body` adds.
    static func make(
        of source: SourceFile, _ body: (Transcript) throws(DataError) -> Void
    ) throws(DataError) -> SourceFile {
        let transcript = try Transcript(source.path)
        try body(transcript)
        return try transcript.finish(source)
    }

    /// Adds a row of texts that begins at a line of the original.
    func add(_ cells: [(key: String, text: [UInt8])], at number: Int) throws(DataError) {
        buffer.count = 0
        buffer.append("{")
        for (place, cell) in cells.enumerated() {
            if place > 0 { buffer.append(",") }
            Array(cell.key.utf8).withUnsafeBufferPointer { JSONText.encode($0, into: buffer) }
            buffer.append(":")
            cell.text.withUnsafeBufferPointer { JSONText.encode($0, into: buffer) }
        }
        buffer.append("}")
        try write(at: number)
    }

    /// Adds a row that is JSON already; its line ends become spaces.
    func add(json: UnsafeBufferPointer<UInt8>, at number: Int) throws(DataError) {
        buffer.count = 0
        buffer.reserve(json.count)
        for byte in json { buffer.append(byte == 0x0a || byte == 0x0d ? 0x20 : byte) }
        try write(at: number)
    }

    // MARK: -

    private func write(at number: Int) throws(DataError) {
        let end: [UInt8] = [0x0a]
        while line < number {
            try end.withUnsafeBufferPointer { bytes throws(DataError) in try file.write(bytes) }
            line += 1
        }
        buffer.append(0x0a)
        try file.write(buffer.bytes)
        line += 1
    }

    private func finish(_ source: SourceFile) throws(DataError) -> SourceFile {
        try file.reader(path: path, identity: source.identity)
    }
}

/// A file without a name: it is gone when nobody has it open any more.
final class PassingFile {
    private static let bufferSize = 1 << 20

    private let path: String
    private let descriptor: Int32
    private let buffer = ByteBuffer(capacity: PassingFile.bufferSize + 4096)

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

    private func flush() throws(DataError) {
        try buffer.write(to: descriptor, path: path)
    }
}
