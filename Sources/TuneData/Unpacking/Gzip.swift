/// Files packed with gzip: one member, or several one behind the other.
enum Gzip {
    private static let chunk = 256 << 10

    /// Whether a file begins as gzip files do.
    static func isOne(_ file: SourceFile) throws(DataError) -> Bool {
        try file.head(3).starts(with: [0x1f, 0x8b, 0x08])
    }

    /// The content, written into a nameless passing file: all of it, or the lines of about the first `limit` bytes.
    ///
    /// Memory stays as small as two buffers. `limit` ends the reading early and without a look at the rest.
    static func unpack(
        _ file: SourceFile, upTo limit: Int? = nil, work: DataWork
    ) throws(DataError) -> (content: SourceFile, isWhole: Bool) {
        let output = try PassingFile(for: file.path)
        let most = UnpackLimit.bytes(packed: file.size)
        let (packed, room) = (Buffer(min(chunk, file.size)), Buffer(chunk))
        let inflater = Inflater(.gzip)
        var offset = 0  // of the first byte that is not in `packed` yet
        var waiting = UnsafeBufferPointer(rebasing: packed.bytes[..<0])
        var written = 0
        var lastLineEnd = 0
        var isBetween = false

        func refill() throws(DataError) {
            let count = try file.read(at: offset, into: packed.raw)
            waiting = UnsafeBufferPointer(rebasing: packed.bytes[..<count])
            offset += count
        }

        while true {
            if waiting.isEmpty {
                try refill()
                try work.checkpoint(Double(offset) / Double(max(file.size, 1)))
            }
            if isBetween {
                // Zeros may fill up the last block of a tape.
                waiting = UnsafeBufferPointer(rebasing: waiting.drop { $0 == 0 })
                if waiting.isEmpty {
                    if offset >= file.size { break }
                    continue
                }
                guard waiting[0] == 0x1f else { throw fault(.trailingBytes, at: offset - waiting.count, file) }
                inflater.restart()
                isBetween = false
            }
            guard !waiting.isEmpty else { throw fault(.truncated, at: offset, file) }
            let step = inflater.step(waiting, into: room.bytes)
            waiting = UnsafeBufferPointer(rebasing: waiting[step.used...])
            let made = UnsafeBufferPointer(rebasing: room.bytes[..<step.made])
            if limit != nil, let place = made.lastIndex(of: 0x0a) { lastLineEnd = written + place + 1 }
            written += made.count
            guard written <= most else { throw fault(.tooLarge(limit: most), at: offset - waiting.count, file) }
            try output.write(made)
            switch step.state {
            case .more: break
            case .end: isBetween = true
            case .corrupt: throw fault(.corrupt, at: offset - waiting.count, file)
            case .wrongChecksum: throw fault(.wrongChecksum, at: offset - waiting.count, file)
            }
            if let limit, written >= limit, lastLineEnd > 0 {
                try output.cut(to: lastLineEnd)
                return (try output.reader(path: file.path, identity: file.identity), false)
            }
        }
        return (try output.reader(path: file.path, identity: file.identity), true)
    }

    private static func fault(_ problem: ArchiveProblem, at offset: Int, _ file: SourceFile) -> DataError {
        .damagedArchive(file: file.path, offset: offset, problem: problem)
    }
}

/// Room for bytes that does not move.
final class Buffer {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    var raw: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(bytes) }

    init(_ count: Int) { bytes = .allocate(capacity: count) }
    deinit { bytes.deallocate() }
}
