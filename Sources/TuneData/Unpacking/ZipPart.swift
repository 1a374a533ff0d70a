/// One file of a zip file, unpacked a buffer at a time. One thread uses it.
final class ZipPart {
    private static let chunk = 64 << 10

    let name: String
    private let file: SourceFile
    private let entry: ZipArchive.Entry
    private let limit: Int
    private let packed = Buffer(ZipPart.chunk)
    private let inflater: Inflater?
    private var content: Range<Int>
    private var waiting: UnsafeBufferPointer<UInt8>
    private var checksum = Checksum()
    private var isAtEnd = false
    /// Bytes given so far.
    private(set) var given = 0

    init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(DataError) {
        content = try archive.content(of: entry)
        name = entry.name
        file = archive.file
        self.entry = entry
        limit = UnpackLimit.bytes(packed: entry.packedSize)
        waiting = UnsafeBufferPointer(rebasing: packed.bytes[..<0])
        switch entry.method {
        case 0: inflater = nil
        case 8: inflater = Inflater(.raw)
        default: throw ZipArchive.fault(.unknownMethod(entry.method), at: entry.offset, archive.file)
        }
    }

    /// The share of the packed bytes that was read.
    var share: Double { entry.packedSize == 0 ? 1 : 1 - Double(content.count) / Double(entry.packedSize) }

    /// Fills some of the buffer; 0 at the end, where the checksum is compared.
    func read(into room: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int {
        while !isAtEnd {
            if waiting.isEmpty, !content.isEmpty {
                let count = min(content.count, Self.chunk)
                guard try file.read(at: content.lowerBound, into: .init(rebasing: packed.raw[..<count])) == count else {
                    throw .changedMeanwhile(file: file.path)
                }
                waiting = UnsafeBufferPointer(rebasing: packed.bytes[..<count])
                content = content.lowerBound + count..<content.upperBound
            }
            let made = try step(into: room)
            checksum.add(UnsafeBufferPointer(rebasing: room[..<made]))
            given += made
            guard given <= limit else { throw fault(.tooLarge(limit: limit)) }
            if made > 0 { return made }
        }
        guard checksum.value == entry.checksum else { throw fault(.wrongChecksum) }
        return 0
    }

    private func step(into room: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int {
        guard let inflater else {
            let count = min(waiting.count, room.count)
            _ = room.update(fromContentsOf: waiting[..<count])
            waiting = UnsafeBufferPointer(rebasing: waiting[count...])
            isAtEnd = waiting.isEmpty && content.isEmpty
            return count
        }
        let step = inflater.step(waiting, into: room)
        waiting = UnsafeBufferPointer(rebasing: waiting[step.used...])
        switch step.state {
        case .end: isAtEnd = true
        case .corrupt, .wrongChecksum: throw fault(.corrupt)
        case .more:
            if step.made == 0, waiting.isEmpty, content.isEmpty { throw fault(.truncated) }
        }
        return step.made
    }

    private func fault(_ problem: ArchiveProblem) -> DataError {
        ZipArchive.fault(problem, at: content.lowerBound - waiting.count, file)
    }
}
