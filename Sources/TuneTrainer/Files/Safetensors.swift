import Foundation

/// A file of named f32 tensors in the safetensors format: a length, a JSON header, the numbers.
struct Safetensors {
    let path: String
    let entries: [String: SafetensorsHeader.Entry]
    let metadata: [String: String]
    private let file: MappedFile

    /// Maps the file and checks that every tensor is f32, lies within it, and overlaps no other.
    init(path: String) throws(TrainerError) {
        try self.init(MappedFile(path: path))
    }

    init(_ file: MappedFile) throws(TrainerError) {
        let header = try SafetensorsHeader(of: file)
        for (name, entry) in header.entries where entry.dtype != "F32" {
            throw .damagedSafetensors(
                path: file.path, byteOffset: entry.place, .type(tensor: name, name: entry.dtype))
        }
        path = file.path
        self.file = file
        entries = header.entries
        metadata = header.metadata
    }

    /// A tensor's numbers, straight from the mapping; its shape must be `shape`. Valid for as long as this value lives.
    func bytes(_ name: String, shape: [Int]) throws(TrainerError) -> UnsafeRawBufferPointer {
        guard let entry = entries[name] else { throw .adapterLacks(path: path, tensor: name) }
        guard entry.shape == shape else {
            throw .adapterMismatch(path: path, tensor: name, expected: shape, found: entry.shape)
        }
        return UnsafeRawBufferPointer(rebasing: file.bytes[entry.byteRange])
    }

    /// Copies a tensor's numbers; its shape must be `shape`.
    func copy(_ name: String, shape: [Int], to target: Matrix) throws(TrainerError) {
        guard let entry = entries[name] else { throw .adapterLacks(path: path, tensor: name) }
        guard entry.shape == shape, target.count * 4 == entry.byteRange.count else {
            throw .adapterMismatch(path: path, tensor: name, expected: shape, found: entry.shape)
        }
        UnsafeMutableRawPointer(target.base).copyMemory(
            from: file.bytes.baseAddress! + entry.byteRange.lowerBound, byteCount: entry.byteRange.count)
    }

    /// A tensor's stored numbers, as long as the file is held; nil when there is none of that name.
    func bytes(of name: String) -> UnsafeRawBufferPointer? {
        entries[name].map { UnsafeRawBufferPointer(rebasing: file.bytes[$0.byteRange]) }
    }

    /// Writes f32 tensors, in the order given, so that the file is whole or absent.
    static func write(
        _ tensors: [(name: String, shape: [Int], values: Matrix)], metadata: [String: String], to path: String
    ) throws(TrainerError) {
        try write(
            tensors.map { Part(name: $0.name, dtype: "F32", shape: $0.shape, bytes: $0.values.bytes) },
            metadata: metadata, to: path)
    }

    /// A tensor to write.
    struct Part {
        let name: String
        /// As the format spells it.
        let dtype: String
        let shape: [Int]
        let bytes: UnsafeRawBufferPointer
    }

    /// Writes tensors of any type, in the order given, so that the file is whole or absent.
    static func write(_ tensors: [Part], metadata: [String: String], to path: String) throws(TrainerError) {
        var header: [String: any Encodable] = [:]
        var end = 0
        for tensor in tensors {
            let bytes = tensor.bytes.count
            header[tensor.name] = Header(dtype: tensor.dtype, shape: tensor.shape, offsets: [end, end + bytes])
            end += bytes
        }
        header["__metadata__"] = metadata
        // Sorted keys make equal contents equal files.
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = try! encoder.encode(header.mapValues(AnyEncodable.init))
        json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        var length = UInt64(json.count).littleEndian
        let head = Data(bytes: &length, count: 8) + json
        let result = head.withUnsafeBytes { head in
            Result { () throws(TrainerError) in
                try AtomicFile.write([head] + tensors.map(\.bytes), to: path)
            }
        }
        try result.get()
    }
}

// MARK: -

/// A header's entry.
private struct Header: Encodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    private enum CodingKeys: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
    }
}

private struct AnyEncodable: Encodable {
    let value: any Encodable
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
