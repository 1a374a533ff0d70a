/// The list of files in a zip file.
///
/// Nothing is ever written under the names it holds; they only name parts to read.
struct ZipArchive {
    struct Entry {
        let name: String
        let flags: UInt16
        let method: Int
        let checksum: UInt32
        let packedSize: Int
        /// Where its own head begins.
        let offset: Int
        /// Where it stands in the list, for messages.
        let listed: Int
    }

    /// Bytes of a list of 65,535 files with names of a kilobyte.
    private static let listLimit = 64 << 20

    let file: SourceFile
    private let entries: [String: Entry]

    /// Reads the list at the file's end.
    init(_ file: SourceFile) throws(DataError) {
        self.file = file
        let (place, count, size, start) = try Self.end(of: file)
        guard start + size <= place, size <= Self.listLimit else { throw Self.fault(.badDirectory, at: place, file) }
        let list = try file.bytes(in: start..<start + size)
        var entries: [String: Entry] = [:]
        var at = 0
        for _ in 0..<count {
            guard at + 46 <= list.count, list.number(at, 4) == 0x0201_4b50 else {
                throw Self.fault(.badDirectory, at: start + at, file)
            }
            let lengths = (name: list.number(at + 28, 2), extra: list.number(at + 30, 2), note: list.number(at + 32, 2))
            let next = at + 46 + lengths.name + lengths.extra + lengths.note
            guard next <= list.count else { throw Self.fault(.badDirectory, at: start + at, file) }
            let name = String(decoding: list[at + 46..<at + 46 + lengths.name], as: UTF8.self)
            let entry = Entry(
                name: name, flags: UInt16(list.number(at + 8, 2)), method: list.number(at + 10, 2),
                checksum: UInt32(list.number(at + 16, 4)), packedSize: list.number(at + 20, 4),
                offset: list.number(at + 42, 4), listed: start + at)
            let sizes = [entry.packedSize, entry.offset, list.number(at + 24, 4)]
            guard !sizes.contains(0xffff_ffff) else { throw Self.fault(.zip64, at: start + at, file) }
            entries[Self.key(name)] = entry
            at = next
        }
        self.entries = entries
    }

    /// A part by its name, in capitals or not; nil when there is none.
    func entry(_ name: String) -> Entry? { entries[Self.key(name)] }

    /// Where a part's packed bytes begin and end.
    func content(of entry: Entry) throws(DataError) -> Range<Int> {
        guard entry.flags & 1 == 0 else { throw Self.fault(.encrypted, at: entry.listed, file) }
        guard entry.offset + 30 <= file.size else { throw Self.fault(.badDirectory, at: entry.listed, file) }
        let head = try file.bytes(in: entry.offset..<entry.offset + 30)
        guard head.number(0, 4) == 0x0403_4b50 else { throw Self.fault(.badDirectory, at: entry.offset, file) }
        let start = entry.offset + 30 + head.number(26, 2) + head.number(28, 2)
        guard start + entry.packedSize <= file.size else { throw Self.fault(.truncated, at: entry.offset, file) }
        return start..<start + entry.packedSize
    }

    static func fault(_ problem: ArchiveProblem, at offset: Int, _ file: SourceFile) -> DataError {
        .damagedArchive(file: file.path, offset: offset, problem: problem)
    }

    // MARK: -

    private static func key(_ name: String) -> String {
        name.replacing("\\", with: "/").lowercased()
    }

    /// Where the record at the end stands, and what it says of the list: files, bytes, place.
    private static func end(
        of file: SourceFile
    ) throws(DataError) -> (place: Int, count: Int, size: Int, start: Int) {
        // Behind the record a note of up to 65,535 bytes may follow.
        let tail = max(0, file.size - 22 - 0xffff)
        let bytes = try file.bytes(in: tail..<file.size)
        var at = bytes.count - 22
        while at >= 0 {
            if bytes.number(at, 4) == 0x0605_4b50, at + 22 + bytes.number(at + 20, 2) <= bytes.count {
                let count = bytes.number(at + 10, 2)
                let (size, start) = (bytes.number(at + 12, 4), bytes.number(at + 16, 4))
                guard count != 0xffff, size != 0xffff_ffff, start != 0xffff_ffff else {
                    throw fault(.zip64, at: tail + at, file)
                }
                return (tail + at, count, size, start)
            }
            at -= 1
        }
        throw fault(.noDirectory, at: file.size, file)
    }
}

extension [UInt8] {
    /// An unsigned number of some bytes, the lowest first.
    fileprivate func number(_ at: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(self[at + $1]) << (8 * $1) }
    }
}
