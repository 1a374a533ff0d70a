/// Where some lines stand, so that they can be read again in any order: 16 bytes a line.
struct LinePlaces: Sendable {
    private var files: [SourceFile] = []
    private var places: [Place] = []

    private struct Place: Sendable {
        let offset: Int
        let length: UInt32
        let file: UInt32
    }

    var count: Int { places.count }

    /// Adds a line that was given whole.
    mutating func add(_ line: Line) {
        places.append(
            Place(
                offset: line.content.lowerBound, length: UInt32(line.content.count), file: number(of: line.file)))
    }

    /// Adds one of other lines.
    mutating func add(_ other: LinePlaces, _ line: Int) {
        if files.isEmpty { files = other.files }
        places.append(other.places[line])
    }

    func bytes(of line: Int) -> Int { Int(places[line].length) }

    mutating func add(_ other: LinePlaces) {
        let numbers = other.files.map { number(of: $0) }
        guard numbers != Array(other.files.indices).map(UInt32.init) else {
            return places.append(contentsOf: other.places)
        }
        for place in other.places {
            places.append(Place(offset: place.offset, length: place.length, file: numbers[Int(place.file)]))
        }
    }

    /// Bytes of all lines.
    var bytes: Int { places.reduce(0) { $0 + Int($1.length) } }

    /// Cuts a row of lines, of which `line` names each, into ranges of about so many bytes.
    func cut(_ range: Range<Int>, bytes limit: Int, _ line: (Int) -> Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = range.lowerBound
        var bytes = 0
        for place in range {
            bytes += Int(places[line(place)].length)
            if bytes >= limit || place + 1 == range.upperBound {
                ranges.append(start..<place + 1)
                start = place + 1
                bytes = 0
            }
        }
        return ranges
    }

    /// Visits some lines, which are named in the order of the file: neighbours are read at one go. The bytes are valid
    /// only during the call.
    func walk(
        _ lines: ArraySlice<Int32>, _ visit: (_ line: Int, UnsafeBufferPointer<UInt8>) throws(DataError) -> Void
    ) throws(DataError) {
        let buffer = BufferPool.take()
        defer { BufferPool.give(buffer) }
        var next = lines.startIndex
        while next < lines.endIndex {
            let first = places[Int(lines[next])]
            var end = first.offset + Int(first.length)
            var last = next + 1
            while last < lines.endIndex {
                let place = places[Int(lines[last])]
                let reach = place.offset + Int(place.length)
                guard place.file == first.file, place.offset >= end, place.offset - end <= Self.widestGap,
                    reach - first.offset <= LineReader.bufferSize
                else { break }
                end = reach
                last += 1
            }
            let file = files[Int(first.file)]
            buffer.count = 0
            buffer.reserve(end - first.offset)
            let room = UnsafeMutableRawBufferPointer(start: buffer.start, count: end - first.offset)
            guard try file.read(at: first.offset, into: room) == room.count else {
                throw .changedMeanwhile(file: file.path)
            }
            buffer.count = room.count
            for line in lines[next..<last] {
                let place = places[Int(line)]
                let start = place.offset - first.offset
                try visit(Int(line), UnsafeBufferPointer(rebasing: buffer.bytes[start..<start + Int(place.length)]))
            }
            next = last
        }
    }

    /// Bytes between two lines that are read for nothing rather than left out: as many as a call of the system costs.
    private static let widestGap = 8 << 10

    private mutating func number(of file: SourceFile) -> UInt32 {
        if let known = files.lastIndex(where: { $0 === file }) { return UInt32(known) }
        files.append(file)
        return UInt32(files.count - 1)
    }
}
