import Foundation

/// One line of a file: its bytes without the line end, and its number from 1.
struct Line {
    let bytes: UnsafeBufferPointer<UInt8>
    let number: Int
    /// Where it begins in the file.
    let offset: Int
    /// Where its bytes stand in the file: without a byte-order mark and the line end.
    let content: Range<Int>
    /// Where the next line begins.
    let end: Int

    /// Whether it holds nothing but space; such lines are no rows.
    var isBlank: Bool {
        bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d || $0 == 0x0a }
    }
}

/// Walks over the lines of a file, a buffer at a time.
struct LineReader {
    static let bufferSize = 1 << 20

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
        let buffer = ByteBuffer(capacity: Self.bufferSize)
        var start = offset  // file offset of the buffer's first byte
        var line = number
        var isLast = false
        while !isLast {
            buffer.reserve(max(Self.bufferSize - buffer.count, buffer.capacity - buffer.count, 1))
            if buffer.count == buffer.capacity { buffer.reserve(buffer.capacity) }
            let room = UnsafeMutableRawBufferPointer(
                start: buffer.start + buffer.count,
                count: min(buffer.capacity - buffer.count, file.size - start - buffer.count))
            let count = room.isEmpty ? 0 : try file.read(at: start + buffer.count, into: room)
            guard count == room.count else { throw .changedMeanwhile(file: file.path) }
            let searched = buffer.count
            buffer.count += count
            isLast = start + buffer.count >= file.size
            let used = try lines(
                of: buffer, searched: searched, at: start, number: &line, isLast: isLast, visit)
            guard let used else { return }
            let rest = buffer.count - used
            (buffer.start).update(from: buffer.start + used, count: rest)
            buffer.count = rest
            start += used
            try work.checkpoint(file.size == 0 ? 1 : Double(start) / Double(file.size))
        }
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
            if start + from == 0, bytes.starts(with: [0xef, 0xbb, 0xbf]) { line = min(3, end)..<end }
            if line.upperBound > line.lowerBound, bytes[line.upperBound - 1] == 0x0d {
                line = line.lowerBound..<line.upperBound - 1
            }
            let seen = Line(
                bytes: UnsafeBufferPointer(rebasing: bytes[line]), number: number, offset: start + from,
                content: start + line.lowerBound..<start + line.upperBound, end: start + min(end + 1, bytes.count))
            guard try visit(seen) else { return nil }
            number += 1
            from = min(end + 1, bytes.count)
            search = from
        }
        return from
    }
}

/// The place of the first line end from `start` on.
func firstNewline(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress else { return nil }
    guard let found = memchr(base + start, 0x0a, bytes.count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}
