import Foundation

/// A file of named f32 tensors in the safetensors format: a length, a JSON header, the numbers.
struct Safetensors {
    /// Where a tensor's numbers are.
    struct Entry: Hashable {
        let shape: [Int]
        /// Bytes from the start of the numbers.
        let range: Range<Int>
    }

    let path: String
    let entries: [String: Entry]
    let metadata: [String: String]
    private let file: MappedFile
    private let start: Int

    /// The format's own limit on the header, in bytes.
    private static let longestHeader = 100_000_000

    /// Maps the file and checks that every tensor is f32, lies within it, and overlaps no other.
    init(path: String) throws(TrainerError) {
        let file = try MappedFile(path: path)
        func damaged(_ offset: Int) -> TrainerError { .damagedAdapter(path: path, byteOffset: offset) }
        guard file.count >= 8 else { throw damaged(file.count) }
        let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard length <= Self.longestHeader, Int(length) <= file.count - 8 else { throw damaged(0) }
        let start = 8 + Int(length)
        let header: [String: Header]
        do {
            header = try JSONDecoder().decode([String: Header].self, from: Data(file.bytes[8..<start]))
        } catch { throw damaged(8) }
        var entries: [String: Entry] = [:]
        for (name, tensor) in header where name != "__metadata__" {
            guard let entry = tensor.entry(within: file.count - start) else { throw damaged(8) }
            entries[name] = entry
        }
        var end = 0
        for entry in entries.values.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard entry.range.lowerBound == end else { throw damaged(start + entry.range.lowerBound) }
            end = entry.range.upperBound
        }
        guard end == file.count - start else { throw damaged(start + end) }
        self.path = path
        self.file = file
        self.start = start
        self.entries = entries
        metadata = header["__metadata__"]?.texts ?? [:]
    }

    /// Copies a tensor's numbers; its shape must be `shape`.
    func copy(_ name: String, shape: [Int], to target: Matrix) throws(TrainerError) {
        guard let entry = entries[name] else { throw .adapterLacks(path: path, tensor: name) }
        guard entry.shape == shape, target.count * 4 == entry.range.count else {
            throw .adapterMismatch(path: path, tensor: name, expected: shape, found: entry.shape)
        }
        UnsafeMutableRawPointer(target.base).copyMemory(
            from: file.bytes.baseAddress! + start + entry.range.lowerBound, byteCount: entry.range.count)
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

/// A header's entry: a tensor, or the free texts under `__metadata__`.
private struct Header: Codable {
    var dtype: String?
    var shape: [Int]?
    var offsets: [Int]?
    var texts: [String: String]?

    init(dtype: String, shape: [Int], offsets: [Int]) {
        self.dtype = dtype
        self.shape = shape
        self.offsets = offsets
    }

    private enum CodingKeys: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.offsets) {
            dtype = try container.decode(String.self, forKey: .dtype)
            shape = try container.decode([Int].self, forKey: .shape)
            offsets = try container.decode([Int].self, forKey: .offsets)
        } else {
            texts = try decoder.singleValueContainer().decode([String: String].self)
        }
    }

    /// Nil when it does not fit into `bytes`, contradicts itself, or is not f32.
    func entry(within bytes: Int) -> Safetensors.Entry? {
        guard dtype == "F32", let shape, let offsets, offsets.count == 2, offsets[0] >= 0,
            offsets[0] <= offsets[1], offsets[1] <= bytes
        else { return nil }
        var count = 4
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            count = product
        }
        return count == offsets[1] - offsets[0] ? Safetensors.Entry(shape: shape, range: offsets[0]..<offsets[1]) : nil
    }
}

private struct AnyEncodable: Encodable {
    let value: any Encodable
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
