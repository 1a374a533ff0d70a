import Foundation

/// Goes through the frames of a journal, up to the first that is not whole.
struct JournalScan {
    let file: SourceFile

    /// More than any frame has; a length above it is a broken one.
    private static let frameLimit = 1 << 31

    struct Frame {
        let kind: Journal.Kind
        /// What it holds; empty for text, which is only checked.
        let content: [UInt8]
        /// Where that stands.
        let range: Range<Int>
    }

    /// Calls `visit` for each frame until it returns false, which says that the frame makes no sense. Returns where the
    /// first frame that does not count begins, or the end of the file; nil where it does not even begin as a journal.
    func frames(_ visit: (Frame) throws(DataError) -> Bool) throws(DataError) -> Int? {
        guard try file.head(Journal.magic.count) == Journal.magic else { return nil }
        var offset = Journal.magic.count
        let head = ByteBuffer(capacity: 1 << 18)
        var headStart = 0
        let large = ByteBuffer(capacity: 16)
        let headSize = JournalWriter.headSize
        func bytes(_ range: Range<Int>, _ buffer: ByteBuffer) throws(DataError) -> UnsafeBufferPointer<UInt8> {
            let given = UnsafeMutableRawBufferPointer(start: buffer.start, count: range.count)
            guard try file.read(at: range.lowerBound, into: given) == range.count else {
                throw .changedMeanwhile(file: file.path)
            }
            return UnsafeBufferPointer(start: buffer.start, count: range.count)
        }
        /// Small frames are read many at a time.
        func window(_ range: Range<Int>) throws(DataError) -> UnsafeBufferPointer<UInt8> {
            if range.count > head.capacity {
                large.reserve(range.count)
                return try bytes(range, large)
            }
            if range.lowerBound < headStart || range.upperBound > headStart + head.count {
                headStart = range.lowerBound
                let end = min(file.size, headStart + head.capacity)
                _ = try bytes(headStart..<end, head)
                head.count = end - headStart
            }
            let start = range.lowerBound - headStart
            return UnsafeBufferPointer(rebasing: head.bytes[start..<start + range.count])
        }
        while offset + headSize < file.size {
            var fields = FieldReader([UInt8](try window(offset..<offset + headSize)) + [0, 0, 0, 0])
            guard let word = fields.fixed() else { break }
            let length = Int(word & 0xffff_ffff)
            var sums = FieldReader(Array([UInt8](try window(offset..<offset + headSize))[4...]))
            guard let sum = sums.fixed(), length > 0, length <= Self.frameLimit,
                offset + headSize + length <= file.size
            else { break }
            let body = offset + headSize..<offset + headSize + length
            let content = try window(body)
            guard let kind = Journal.Kind(rawValue: content[0]) else { break }
            let rest = UnsafeBufferPointer(rebasing: content[1...])
            guard JournalWriter.checksum(content[0], rest, at: offset) == sum else { break }
            let frame = Frame(
                kind: kind, content: kind == .text ? [] : Array(rest), range: body.lowerBound + 1..<body.upperBound)
            guard try visit(frame) else { break }
            offset = body.upperBound
        }
        return offset
    }
}
