/// Lays out a GGUF file (version 3): settings in order, then where each tensor will lie. The tensors' bytes are written
/// after `header`, one after the other, each filled up to the alignment.
struct GGUFBuilder {
    /// A setting's value with the type that it is written in.
    enum Value {
        case uint32(Int)
        case float32(Double)
        case bool(Bool)
        case string(String)
        case strings([String])
        case int32s([Int32])
        case float32s([Float])
    }

    /// What the format takes where a file does not say otherwise.
    static let alignment = 32

    private var entries: [(key: String, bytes: [UInt8])] = []
    private var index: [String: Int] = [:]
    private var tensorBytes: [UInt8] = []
    private var tensorCount = 0
    /// Of the tensors so far, filled up.
    private var tensorEnd = 0

    /// Sets a key, in the place of one of the same name.
    mutating func set(_ key: String, to value: Value) {
        var entry = ByteWriter()
        entry.put(key)
        entry.put(value)
        put(key, entry.bytes)
    }

    /// Takes over another file's settings as they are, but for those of the `except`ed keys.
    mutating func carryOver(from file: GGUFFile, except: Set<String>) {
        file.forEachEntry { key, bytes in
            if !except.contains(key) { put(key, Array(bytes)) }
        }
    }

    /// Says what the next tensor is. Sizes with the slowest first.
    mutating func add(tensor name: String, shape: [Int], type: TensorType) {
        var entry = ByteWriter()
        entry.put(name)
        entry.put(UInt32(shape.count))
        for size in shape.reversed() { entry.put(UInt64(size)) }
        entry.put(type.rawValue)
        entry.put(UInt64(tensorEnd))
        tensorBytes += entry.bytes
        tensorCount += 1
        let bytes = shape.dropLast().reduce(1, *) * type.rowBytes(shape[shape.count - 1])
        tensorEnd += bytes + Self.padding(after: bytes)
    }

    /// Everything before the first tensor's bytes.
    var header: [UInt8] {
        var writer = ByteWriter()
        writer.bytes += "GGUF".utf8
        writer.put(UInt32(3))
        writer.put(UInt64(tensorCount))
        writer.put(UInt64(entries.count))
        for entry in entries { writer.bytes += entry.bytes }
        writer.bytes += tensorBytes
        writer.bytes += [UInt8](repeating: 0, count: Self.padding(after: writer.bytes.count))
        return writer.bytes
    }

    /// Of the tensors' bytes, filled up.
    var tensorByteCount: Int { tensorEnd }

    /// Zeros that go between a tensor of so many bytes and the next.
    static func padding(after count: Int) -> Int { (alignment - count % alignment) % alignment }

    private mutating func put(_ key: String, _ bytes: [UInt8]) {
        if let place = index[key] {
            entries[place].bytes = bytes
        } else {
            index[key] = entries.count
            entries.append((key, bytes))
        }
    }
}

/// Little-endian values one after the other.
private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    mutating func put(_ value: GGUFBuilder.Value) {
        switch value {
        case .uint32(let number):
            put(GGUFValueType.uint32.rawValue)
            put(UInt32(clamping: number))
        case .float32(let number):
            put(GGUFValueType.float32.rawValue)
            put(Float(number).bitPattern)
        case .bool(let flag):
            put(GGUFValueType.bool.rawValue)
            put(UInt8(flag ? 1 : 0))
        case .string(let text):
            put(GGUFValueType.string.rawValue)
            put(text)
        case .strings(let texts):
            putArray(of: .string, count: texts.count)
            for text in texts { put(text) }
        case .int32s(let numbers):
            putArray(of: .int32, count: numbers.count)
            for number in numbers { put(number) }
        case .float32s(let numbers):
            putArray(of: .float32, count: numbers.count)
            for number in numbers { put(number.bitPattern) }
        }
    }

    private mutating func putArray(of element: GGUFValueType, count: Int) {
        put(GGUFValueType.array.rawValue)
        put(element.rawValue)
        put(UInt64(count))
    }
}
