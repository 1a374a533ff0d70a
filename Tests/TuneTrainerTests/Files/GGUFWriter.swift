import Foundation

@testable import TuneTrainer

/// Writes GGUF files byte by byte, so that tests can get any part of them wrong.
struct GGUFWriter {
    private(set) var bytes: [UInt8] = []
    /// Where a reader should find the fault.
    private(set) var faultOffset = 0

    /// A header up to the counts.
    init(version: UInt32 = 3, tensors: UInt64 = 0, metadata: UInt64 = 0) {
        bytes = Array("GGUF".utf8)
        put(version)
        put(tensors)
        put(metadata)
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What comes next is wrong, or, at the end, missing.
    mutating func markFault() { faultOffset = bytes.count }

    mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    mutating func put(_ text: String) { put(Array(text.utf8)) }

    mutating func put(_ string: [UInt8]) {
        put(UInt64(string.count))
        bytes += string
    }

    mutating func put(raw: some Sequence<UInt8>) { bytes += raw }

    mutating func put(type: GGUFValueType) { put(type.rawValue) }

    mutating func put(key: String, _ type: GGUFValueType) {
        put(key)
        put(type: type)
    }

    mutating func put(key: String, _ value: String) {
        put(key: key, .string)
        put(value)
    }

    mutating func put(key: String, _ value: UInt32) {
        put(key: key, .uint32)
        put(value)
    }

    mutating func put(key: String, _ value: Float) {
        put(key: key, .float32)
        put(value.bitPattern)
    }

    mutating func put(key: String, _ value: Bool) {
        put(key: key, .bool)
        put(UInt8(value ? 1 : 0))
    }

    mutating func put(key: String, _ values: [String]) {
        put(key: key, .array)
        put(type: .string)
        put(UInt64(values.count))
        for value in values { put(value) }
    }

    mutating func put(key: String, _ values: [Int32]) {
        put(key: key, .array)
        put(type: .int32)
        put(UInt64(values.count))
        for value in values { put(value) }
    }

    /// A tensor's entry; sizes with the fastest first, as the format has them.
    mutating func put(tensor name: String, sizes: [UInt64], type: UInt32 = 0, offset: UInt64) {
        put(name)
        put(UInt32(sizes.count))
        for size in sizes { put(size) }
        put(type)
        put(offset)
    }

    mutating func pad(to alignment: Int = 32) {
        while !bytes.count.isMultiple(of: alignment) { bytes.append(0) }
    }

    /// Calls `body` with the path of a file that holds the bytes, and removes it.
    @discardableResult
    func withFile<R>(_ body: (String) throws -> R) throws -> R {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gguf")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path(percentEncoded: false))
    }
}
