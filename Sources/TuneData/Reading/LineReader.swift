import Foundation

/// One line of a file: its bytes without the line end, and its number from 1.
struct Line {
    /// The first `LineReader.lineLimit` of them where there are more.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The file it stands in; as a line is gone when its visit ends, it does not keep the file open.
    unowned(unsafe) let file: SourceFile
    let number: Int
    /// Where it begins in the file.
    let offset: Int
    /// Where its bytes stand in the file: without a byte-order mark and the line end.
    let content: Range<Int>
    /// Where the next line begins.
    let end: Int

    /// Whether there are more bytes than are given.
    var isCut: Bool { bytes.count < content.count }

    /// Whether it holds nothing but space; such lines are no rows.
    var isBlank: Bool {
        !isCut && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d || $0 == 0x0a }
    }
}

/// Walks over the lines of a file, a buffer at a time.
///
/// A line of any length takes no more memory than the longest that is given whole.
struct LineReader {
    static let bufferSize = 1 << 20
    /// What is read first: enough for a row that was asked for by its number.
    static let firstBufferSize = 1 << 15
    /// Bytes of a line that are given: 16 MB, a thousand times what a model can be trained on.
    static let lineLimit = 16 << 20

    let file: SourceFile
    /// Where reading begins: the start of a line.
    var offset = 0
    /// Number of that line, from 1.
    var number = 1

    /// Calls `visit` for each line until it returns false. The bytes are valid only during the call.
    ///
    /// A byte-order mark at the head of the file and a carriage return before a line end are not part of a line. The
    /// last line may lack its line end.
    func walk(
        work: DataWork = .quiet, _ visit: (Line) throws(DataError) -> Bool
    ) throws(DataError) {
        let buffer = BufferPool.take()
        defer { BufferPool.give(buffer) }
        var reach = Self.firstBufferSize
        var start = offset  // file offset of the buffer's first byte
        var line = number
        while start + buffer.count < file.size || buffer.count > 0 {
            let searched = buffer.count
            try fill(buffer, at: start, upTo: &reach)
            let isLast = start + buffer.count >= file.size
            var used = try lines(of: buffer, searched: searched, at: start, number: &line, isLast: isLast, visit)
            if used == 0, !isLast, buffer.count > Self.lineLimit {
                used = try longLine(in: buffer, at: start, number: &line, work: work, visit)
            }
            guard let used else { return }
            let rest = max(0, buffer.count - used)
            buffer.start.update(from: buffer.start + (buffer.count - rest), count: rest)
            buffer.count = rest
            start += used
            reach = max(reach, Self.bufferSize)
            try work.checkpoint(file.size == 0 ? 1 : Double(start) / Double(file.size))
        }
    }

    /// Fills up the buffer to `reach`, which grows when it is full.
    private func fill(_ buffer: ByteBuffer, at start: Int, upTo reach: inout Int) throws(DataError) {
        if buffer.count >= reach { reach *= 2 }
        let count = min(reach - buffer.count, file.size - start - buffer.count)
        guard count > 0 else { return }
        buffer.reserve(count)
        let room = UnsafeMutableRawBufferPointer(start: buffer.start + buffer.count, count: count)
        guard try file.read(at: start + buffer.count, into: room) == room.count else {
            throw .changedMeanwhile(file: file.path)
        }
        buffer.count += room.count
    }

    /// Visits the whole lines of a buffer; returns the bytes used, or nil when the visitor has seen enough.
    private func lines(
        of buffer: ByteBuffer, searched: Int, at start: Int, number: inout Int, isLast: Bool,
        _ visit: (Line) throws(DataError) -> Bool
    ) throws(DataError) -> Int? {
        var from = 0
        var search = searched
        let bytes = buffer.bytes
        while from < bytes.count {
            let end: Int
            if let found = firstNewline(in: bytes, from: search) {
                end = found
            } else if isLast {
                end = bytes.count
            } else {
                break
            }
            var line = from..<end
            if start + from == 0, Self.hasMark(bytes) { line = min(3, end)..<end }
            if line.upperBound > line.lowerBound, bytes[line.upperBound - 1] == 0x0d {
                line = line.lowerBound..<line.upperBound - 1
            }
            let given = UnsafeBufferPointer(rebasing: bytes[line].prefix(Self.lineLimit))
            let seen = Line(
                bytes: given, file: file, number: number, offset: start + from,
                content: start + line.lowerBound..<start + line.upperBound, end: start + min(end + 1, bytes.count))
            guard try visit(seen) else { return nil }
            number += 1
            from = min(end + 1, bytes.count)
            search = from
        }
        return from
    }

    /// Visits a line that fills the buffer without an end, which is looked for without keeping what is passed. Returns
    /// the bytes used, of which the buffer holds the first.
    private func longLine(
        in buffer: ByteBuffer, at start: Int, number: inout Int, work: DataWork,
        _ visit: (Line) throws(DataError) -> Bool
    ) throws(DataError) -> Int? {
        let chunk = Buffer(Self.bufferSize)
        var end = start + buffer.count
        var hasEnd = false
        while end < file.size, !hasEnd {
            let room = UnsafeMutableRawBufferPointer(rebasing: chunk.raw[..<min(Self.bufferSize, file.size - end)])
            guard try file.read(at: end, into: room) == room.count else { throw .changedMeanwhile(file: file.path) }
            let found = firstNewline(in: UnsafeBufferPointer(rebasing: chunk.bytes[..<room.count]), from: 0)
            hasEnd = found != nil
            end += found ?? room.count
            try work.checkpoint(Double(end) / Double(file.size))
        }
        let head = start == 0 && Self.hasMark(buffer.bytes) ? 3 : 0
        let endsInReturn = try file.bytes(in: end - 1..<end) == [0x0d]
        let line = Line(
            bytes: UnsafeBufferPointer(rebasing: buffer.bytes[head..<head + Self.lineLimit - 3]), file: file,
            number: number, offset: start, content: start + head..<(endsInReturn ? end - 1 : end),
            end: end + (hasEnd ? 1 : 0))
        guard try visit(line) else { return nil }
        number += 1
        return line.end - start
    }

    private static func hasMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.starts(with: [0xef, 0xbb, 0xbf]) }
}

/// The place of the first line end from `start` on.
func firstNewline(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress else { return nil }
    guard let found = memchr(base + start, 0x0a, bytes.count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}
