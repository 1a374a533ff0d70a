import Foundation

/// A file of named f32 tensors in the safetensors format: a length, a JSON header, the numbers.
struct Safetensors {
    let path: String
    let entries: [String: SafetensorsHeader.Entry]
    let metadata: [String: String]
    private let file: MappedFile

    /// Maps the file and checks that every tensor is f32, lies within it, and overlaps no other.
    init(path: String) throws(TrainerError) {
        let file = try MappedFile(path: path)
        let header = try SafetensorsHeader(of: file)
        for (name, entry) in header.entries where entry.dtype != "F32" {
            throw .damagedSafetensors(
                path: path, byteOffset: entry.place, .type(tensor: name, name: entry.dtype))
        }
        self.path = path
        self.file = file
        entries = header.entries
        metadata = header.metadata
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

    /// Writes the tensors, in the order given, so that the file is whole or absent.
    static func write(
        _ tensors: [(name: String, shape: [Int], values: Matrix)], metadata: [String: String], to path: String
    ) throws(TrainerError) {
        var header: [String: any Encodable] = [:]
        var end = 0
        for tensor in tensors {
            let bytes = tensor.values.count * 4
            header[tensor.name] = Header(dtype: "F32", shape: tensor.shape, offsets: [end, end + bytes])
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
                let numbers = tensors.map { UnsafeRawBufferPointer(start: $0.values.base, count: $0.values.count * 4) }
                try AtomicFile.write([head] + numbers, to: path)
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
