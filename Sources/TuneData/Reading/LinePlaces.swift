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

    mutating func add(_ other: LinePlaces) {
        let numbers = other.files.map { number(of: $0) }
        for place in other.places {
            places.append(Place(offset: place.offset, length: place.length, file: numbers[Int(place.file)]))
        }
    }

    /// Cuts a row of lines, of which `line` names each, into ranges of about 2 MB.
    func cut(_ range: Range<Int>, _ line: (Int) -> Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = range.lowerBound
        var bytes = 0
        for place in range {
            bytes += Int(places[line(place)].length)
            if bytes >= 2 << 20 || place + 1 == range.upperBound {
                ranges.append(start..<place + 1)
                start = place + 1
                bytes = 0
            }
        }
        return ranges
    }

    /// Reads a line into a buffer, in the place of what it holds.
    func read(_ line: Int, into buffer: ByteBuffer) throws(DataError) {
        let place = places[line]
        let file = files[Int(place.file)]
        buffer.count = 0
        buffer.reserve(Int(place.length))
        let room = UnsafeMutableRawBufferPointer(start: buffer.start, count: Int(place.length))
        guard try file.read(at: place.offset, into: room) == room.count else {
            throw .changedMeanwhile(file: file.path)
        }
        buffer.count = room.count
    }

    private mutating func number(of file: SourceFile) -> UInt32 {
        if let known = files.lastIndex(where: { $0 === file }) { return UInt32(known) }
        files.append(file)
        return UInt32(files.count - 1)
    }
}
