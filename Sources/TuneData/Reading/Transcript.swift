import Foundation

/// The rows of a file of another format, written as JSON lines into a nameless passing file.
///
/// Blank lines stand where the original has more lines than rows, so that a row's line number is the same in both. One
/// thread uses it.
final class Transcript {
    private let source: SourceFile
    private let file: PassingFile
    private let buffer = ByteBuffer()
    private var line = 1
    private var rows = 0
    /// Rows after which nothing more is wanted.
    private let wanted: Int
    /// Bytes that it may take: a row can repeat what the file holds once, a long key or a shared text.
    private let limit: Int
    private var written = 0
    private var isInRow = false

    private init(of source: SourceFile, rows wanted: Int) throws(DataError) {
        self.source = source
        self.wanted = wanted
        limit = UnpackLimit.bytes(packed: source.size)
        file = try PassingFile(for: source.path)
    }

    /// Whether it has as many rows as were wanted, and was ended there.
    var isCut: Bool { rows >= wanted }

    /// The transcript of a file, whole or, when `isCut`, of its first rows.
    struct Outcome {
        let file: SourceFile
        let isCut: Bool
    }

    /// Makes a transcript whose rows `body` adds. It is ended after `rows` of them.
    static func make(
        of source: SourceFile, rows: Int = .max, _ body: (Transcript) throws(DataError) -> Void
    ) throws(DataError) -> Outcome {
        let transcript = try Transcript(of: source, rows: rows)
        do throws(DataError) {
            try body(transcript)
        } catch {
            // Having enough is told like being cancelled, so that every reader ends at once.
            guard transcript.isCut, error == .cancelled else { throw error }
        }
        let file = try transcript.file.reader(path: source.path, identity: source.identity)
        return Outcome(file: file, isCut: transcript.isCut)
    }

    // MARK: - Rows

    /// A key as rows spell it, its colon included.
    static func key(_ name: String) -> [UInt8] {
        let buffer = ByteBuffer(capacity: 64)
        var name = name
        name.withUTF8 { JSONText.encode($0, into: buffer) }
        buffer.append(UInt8(ascii: ":"))
        return buffer.array
    }

    /// Begins a row; `add` its cells and `end` it.
    func begin() {
        buffer.count = 0
        isInRow = false
    }

    /// Adds a cell under a key that `key` made; null where there is no text.
    func add(key: [UInt8], text: UnsafeBufferPointer<UInt8>?) {
        buffer.append(isInRow ? UInt8(ascii: ",") : UInt8(ascii: "{"))
        isInRow = true
        buffer.append(key)
        if let text { JSONText.encode(text, into: buffer) } else { buffer.append("null") }
    }

    /// Adds a value that is JSON already under a key that is, too.
    func add(key: [UInt8], json: UnsafeBufferPointer<UInt8>) {
        buffer.append(isInRow ? UInt8(ascii: ",") : UInt8(ascii: "{"))
        isInRow = true
        buffer.append(key)
        buffer.append(json)
    }

    /// Ends a row that begins at a line of the original.
    func end(at number: Int) throws(DataError) {
        buffer.append(isInRow ? "}" : "{}")
        flatten()
        try write(at: number)
    }

    /// Adds a row that is JSON already; its line ends become spaces.
    func add(json: UnsafeBufferPointer<UInt8>, at number: Int) throws(DataError) {
        buffer.count = 0
        buffer.append(json)
        flatten()
        try write(at: number)
    }

    // MARK: -

    /// A row is one line.
    private func flatten() {
        for place in 0..<buffer.count where buffer.start[place] == 0x0a || buffer.start[place] == 0x0d {
            buffer.start[place] = 0x20
        }
    }

    private func write(at number: Int) throws(DataError) {
        let end: [UInt8] = [0x0a]
        while line < number {
            try end.withUnsafeBufferPointer { bytes throws(DataError) in try file.write(bytes) }
            line += 1
        }
        buffer.append(0x0a)
        written += buffer.count
        guard written <= limit else { throw .expandsTooMuch(file: source.path, limit: limit) }
        try file.write(buffer.bytes)
        line += 1
        rows += 1
        if isCut { throw .cancelled }
    }
}
