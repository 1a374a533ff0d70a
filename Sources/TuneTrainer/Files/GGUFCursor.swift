/// Reads little-endian values one after the other, never past the end.
struct GGUFCursor {
    let path: String
    let bytes: UnsafeRawBufferPointer
    /// Bytes from the start of the file.
    private(set) var offset = 0

    var remaining: Int { bytes.count - offset }

    init(_ file: MappedFile) {
        path = file.path
        bytes = file.bytes
    }

    /// The next whole number; `what` names it if the file ends here.
    mutating func read<T: FixedWidthInteger>(_: T.Type, of what: GGUFFault.What) throws(TrainerError) -> T {
        let size = MemoryLayout<T>.size
        try need(UInt64(size), of: what)
        defer { offset += size }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// A length and that many bytes; `limit` is checked before the file's end, so that a claim costs nothing.
    mutating func readString(of what: GGUFFault.What, limit: UInt64) throws(TrainerError) -> UnsafeRawBufferPointer {
        let start = offset
        let length = try read(UInt64.self, of: what)
        guard length <= limit else {
            throw fault(.tooMany(what, claimed: length, limit: limit), at: start)
        }
        try need(length, of: what)
        defer { offset += Int(length) }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(length)])
    }

    /// A string that must be UTF-8.
    mutating func readText(of what: GGUFFault.What, limit: UInt64) throws(TrainerError) -> String {
        let start = offset
        let raw = try readString(of: what, limit: limit)
        guard let text = String(validating: raw, as: UTF8.self) else { throw fault(.notText(what), at: start + 8) }
        return text
    }

    mutating func skip(_ count: UInt64, of what: GGUFFault.What) throws(TrainerError) {
        try need(count, of: what)
        offset += Int(count)
    }

    /// An error about this file, here or at an earlier place.
    func fault(_ fault: GGUFFault, at place: Int? = nil) -> TrainerError {
        .damaged(path: path, byteOffset: place ?? offset, fault)
    }

    private func need(_ count: UInt64, of what: GGUFFault.What) throws(TrainerError) {
        guard count <= UInt64(remaining) else {
            throw fault(.cutShort(what, missing: count - UInt64(remaining)))
        }
    }
}
