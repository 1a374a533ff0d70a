/// An array in a GGUF file's metadata, read from the mapping only when asked for.
public struct GGUFArray: Sendable {
    /// Keeps the mapping alive.
    let file: MappedFile
    let element: GGUFValueType
    public let count: Int
    /// The elements, checked to lie within the file.
    let byteRange: Range<Int>

    /// The elements as whole numbers; nil when they are of another type or too large.
    public func integers() -> [Int]? {
        guard let size = element.size else { return nil }
        let read: (UnsafeRawBufferPointer, Int) -> Int?
        switch element {
        case .uint8, .bool: read = { Int($0.loadUnaligned(fromByteOffset: $1, as: UInt8.self)) }
        case .int8: read = { Int($0.loadUnaligned(fromByteOffset: $1, as: Int8.self)) }
        case .uint16: read = { Int(UInt16(littleEndian: $0.loadUnaligned(fromByteOffset: $1, as: UInt16.self))) }
        case .int16: read = { Int(Int16(littleEndian: $0.loadUnaligned(fromByteOffset: $1, as: Int16.self))) }
        case .uint32: read = { Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: $1, as: UInt32.self))) }
        case .int32: read = { Int(Int32(littleEndian: $0.loadUnaligned(fromByteOffset: $1, as: Int32.self))) }
        case .uint64:
            read = { Int(exactly: UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: $1, as: UInt64.self))) }
        case .int64: read = { Int(Int64(littleEndian: $0.loadUnaligned(fromByteOffset: $1, as: Int64.self))) }
        case .float32, .float64, .string, .array: return nil
        }
        var values: [Int] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            guard let value = read(file.bytes, byteRange.lowerBound + index * size) else { return nil }
            values.append(value)
        }
        return values
    }

    /// The elements as numbers; nil when they are not.
    public func numbers() -> [Double]? {
        switch element {
        case .float32:
            return (0..<count).map {
                let bits = file.bytes.loadUnaligned(fromByteOffset: byteRange.lowerBound + $0 * 4, as: UInt32.self)
                return Double(Float(bitPattern: UInt32(littleEndian: bits)))
            }
        case .float64:
            return (0..<count).map {
                let bits = file.bytes.loadUnaligned(fromByteOffset: byteRange.lowerBound + $0 * 8, as: UInt64.self)
                return Double(bitPattern: UInt64(littleEndian: bits))
            }
        default:
            return integers()?.map(Double.init)
        }
    }

    /// One string; nil when there is none at that place, or it is not UTF-8.
    public func text(at place: Int) -> String? {
        var text: String?
        forEachString { index, bytes in if index == place { text = String(validating: bytes, as: UTF8.self) } }
        return text
    }

    /// Calls `body` with each string's index and bytes, in order; false, and no calls, when these are not strings.
    @discardableResult
    public func forEachString<E: Error>(_ body: (Int, UnsafeRawBufferPointer) throws(E) -> Void) throws(E) -> Bool {
        guard element == .string else { return false }
        var offset = byteRange.lowerBound
        for index in 0..<count {
            let length = Int(UInt64(littleEndian: file.bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
            try body(index, UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset + length]))
            offset += length
        }
        return true
    }
}
