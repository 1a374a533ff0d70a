/// Puts frames together and writes them behind each other: few at one stroke, many a buffer at a time.
final class JournalWriter {
    private static let bufferSize = 1 << 20
    /// Length and checksum.
    static let headSize = 12

    private enum Target {
        case journal(JournalFile, path: String)
        case pending(PendingFile)
    }

    private let target: Target
    /// Finished frames that are not written yet.
    private let buffer = ByteBuffer(capacity: 4096)
    /// Where the buffer's first byte comes to stand.
    private var start: Int
    /// Lines of the frame that is being filled, behind its head and kind.
    private let text = ByteBuffer(capacity: 4096)

    init(_ file: JournalFile, path: String, at end: Int) {
        target = .journal(file, path: path)
        start = end
    }

    /// Of a journal that is made anew.
    init(_ pending: PendingFile) {
        target = .pending(pending)
        start = 0
        buffer.append(Journal.magic)
    }

    /// Where the next frame comes to stand.
    var end: Int { start + buffer.count }

    /// Takes a line; returns where its bytes will stand.
    func add(line: UnsafeBufferPointer<UInt8>) throws(DataError) -> Range<Int> {
        let offset = end + Self.headSize + 1 + text.count
        text.append(line)
        if text.count >= Self.bufferSize {
            closeText()
            try flush()
        }
        return offset..<offset + line.count
    }

    func add(line: [UInt8]) throws(DataError) -> Range<Int> {
        try line.withUnsafeBufferPointer { bytes throws(DataError) in try add(line: bytes) }
    }

    /// Adds a frame; returns where what it holds, without its kind, will stand.
    @discardableResult
    func add(_ kind: Journal.Kind, _ content: [UInt8] = []) throws(DataError) -> Range<Int> {
        closeText()
        let offset = end + Self.headSize + 1
        content.withUnsafeBufferPointer { frame(kind, $0) }
        if buffer.count >= Self.bufferSize { try flush() }
        return offset..<offset + content.count
    }

    /// Hands everything to the system.
    func finish() throws(DataError) {
        closeText()
        try flush()
        if case .pending(let file) = target { try file.sync() }
    }

    // MARK: -

    private func closeText() {
        guard text.count > 0 else { return }
        frame(.text, text.bytes)
        text.count = 0
    }

    private func frame(_ kind: Journal.Kind, _ content: UnsafeBufferPointer<UInt8>) {
        let sum = Self.checksum(kind.rawValue, content, at: end)
        let length = UInt32(content.count + 1)
        for shift: UInt32 in [0, 8, 16, 24] { buffer.append(UInt8(truncatingIfNeeded: length >> shift)) }
        for shift: UInt64 in [0, 8, 16, 24, 32, 40, 48, 56] { buffer.append(UInt8(truncatingIfNeeded: sum >> shift)) }
        buffer.append(kind.rawValue)
        buffer.append(content)
    }

    private func flush() throws(DataError) {
        let count = buffer.count
        switch target {
        case .journal(let file, let path): try file.write(buffer, path: path)
        case .pending(let file):
            try file.write(buffer.bytes)
            buffer.count = 0
        }
        start += count
    }

    /// Of a frame that stands at an offset: the rest of another one, in whatever place, is none.
    static func checksum(_ kind: UInt8, _ content: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
        var head: [UInt8] = [kind]
        head.append(fixed: UInt64(offset))
        return head.withUnsafeBufferPointer { Digest($0, content).low }
    }
}
