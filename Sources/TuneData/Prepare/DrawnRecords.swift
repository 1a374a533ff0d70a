/// A draw, cut into parts that fit in memory, with the records of each part in the order of the file.
struct DrawParts: Sendable {
    /// Parts of the draw; none holds records of both files.
    let ranges: [Range<Int>]
    /// The records of each part, at the places of its range.
    let byPlace: [Int32]
    /// Where each record stands in the draw.
    let positions: [Int32]

    /// Few enough parts that nearly every read of the file serves several records, in memory that a small file does not
    /// fill nor a large one overrun.
    private static func partBytes(of places: LinePlaces) -> Int { min(max(places.bytes / 5, 24 << 20), 112 << 20) }

    init(of places: LinePlaces, training: Int) {
        let count = places.count
        var order = Split.permutation(of: count)
        order[training...].sort()
        let bytes = Self.partBytes(of: places)
        let ranges = [0..<training, training..<count].flatMap { range in
            places.cut(range, bytes: bytes) { Int(order[$0]) }
        }
        var positions = [Int32](repeating: 0, count: count)
        for position in 0..<count { positions[Int(order[position])] = Int32(position) }
        // Records come by in the order of the file; each goes behind the last of its part.
        var ends = ranges.map(\.lowerBound)
        for record in 0..<count {
            let part = Self.part(holding: Int(positions[record]), among: ranges)
            order[ends[part]] = Int32(record)
            ends[part] += 1
        }
        (self.ranges, byPlace, self.positions) = (ranges, order, positions)
    }

    private static func part(holding position: Int, among ranges: [Range<Int>]) -> Int {
        var (low, high) = (0, ranges.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound <= position { low = middle } else { high = middle }
        }
        return low
    }
}

/// The lines of a part of a draw, put together in any order and given back in that of the draw.
///
/// Nothing is written to a piece once it was added, so that any thread may read it.
struct DrawnRecords: @unchecked Sendable {
    /// Lines of some records.
    struct Piece: @unchecked Sendable {
        fileprivate let bytes: ByteBuffer
        fileprivate var lines: [(position: Int32, end: Int)] = []

        init(expecting count: Int) {
            bytes = BufferPool.take()
            bytes.reserve(count)
        }

        mutating func add(_ line: UnsafeBufferPointer<UInt8>, to position: Int32) {
            bytes.append(line)
            lines.append((position, bytes.count))
        }
    }

    private let first: Int
    private var pieces: [ByteBuffer] = []
    /// In the pieces.
    private var lines: [UnsafeBufferPointer<UInt8>]

    init(_ range: Range<Int>) {
        first = range.lowerBound
        lines = Array(repeating: UnsafeBufferPointer(start: nil, count: 0), count: range.count)
    }

    mutating func add(_ piece: Piece) {
        let bytes = piece.bytes.bytes
        var start = 0
        for (position, end) in piece.lines {
            lines[Int(position) - first] = UnsafeBufferPointer(rebasing: bytes[start..<end])
            start = end
        }
        pieces.append(piece.bytes)
    }

    /// Ranges of lines of about so many bytes.
    func cut(bytes limit: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var (start, bytes) = (0, 0)
        for (place, line) in lines.enumerated() {
            bytes += line.count
            if bytes >= limit || place + 1 == lines.count {
                ranges.append(start..<place + 1)
                (start, bytes) = (place + 1, 0)
            }
        }
        return ranges
    }

    /// The bytes of a range of lines, in a buffer of the pool.
    func bytes(_ range: Range<Int>) -> Bytes {
        let buffer = BufferPool.take()
        withExtendedLifetime(pieces) {
            lines.withUnsafeBufferPointer { lines in
                for line in lines[range] { buffer.append(line) }
            }
        }
        return Bytes(buffer: buffer)
    }

    /// Gives the memory of all lines back.
    mutating func end() {
        for piece in pieces { BufferPool.give(piece) }
        pieces = []
        lines = []
    }

    /// Bytes on their way from the thread that put them together to the one that writes them.
    struct Bytes: @unchecked Sendable {
        fileprivate let buffer: ByteBuffer

        func write(to file: PendingFile) throws(DataError) {
            defer { BufferPool.give(buffer) }
            try file.write(buffer.bytes)
        }
    }
}
