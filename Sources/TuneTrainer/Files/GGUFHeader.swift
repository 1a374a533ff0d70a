/// Everything in a GGUF file before the tensors' bytes, read and checked once.
struct GGUFHeader {
    private(set) var version = 0
    private(set) var metadata: [String: GGUFValue] = [:]
    /// The metadata's keys in the order of the file, each with the bytes of its whole entry.
    private(set) var entries: [(key: String, byteRange: Range<Int>)] = []
    private(set) var tensors: [GGUFTensor] = []
    /// Position in `tensors` by name.
    private(set) var index: [String: Int] = [:]
    /// Where the metadata's keys and values lie in the file.
    private(set) var metadataRange = 0..<0
    /// Every tensor begins at a multiple of this.
    private(set) var alignment = 32

    init(of file: MappedFile) throws(TrainerError) {
        var cursor = GGUFCursor(file)
        guard file.bytes.starts(with: "GGUF".utf8) else { throw .notGGUF(path: file.path) }
        try cursor.skip(4, of: .header)
        version = try Self.readVersion(&cursor)
        let tensorCount = try Self.readCount(of: .tensor, limit: GGUFLimits.tensors, &cursor)
        let metadataCount = try Self.readCount(of: .metadata, limit: GGUFLimits.metadata, &cursor)
        let start = cursor.offset
        for _ in 0..<metadataCount { try readMetadata(from: file, &cursor) }
        metadataRange = start..<cursor.offset
        var reader = GGUFTensorTable(alignment: alignment)
        for _ in 0..<tensorCount { try reader.readEntry(&cursor) }
        (tensors, index) = try reader.place(after: cursor)
    }

    private static func readVersion(_ cursor: inout GGUFCursor) throws(TrainerError) -> Int {
        let start = cursor.offset
        let version = try cursor.read(UInt32.self, of: .header)
        guard version == 2 || version == 3 else {
            let swapped = version.byteSwapped
            throw cursor.fault((1...3).contains(swapped) ? .bigEndian : .version(version), at: start)
        }
        return Int(version)
    }

    private static func readCount(
        of what: GGUFFault.What, limit: UInt64, _ cursor: inout GGUFCursor
    ) throws(TrainerError) -> UInt64 {
        let start = cursor.offset
        let count = try cursor.read(UInt64.self, of: .header)
        guard count <= limit else { throw cursor.fault(.tooMany(what, claimed: count, limit: limit), at: start) }
        return count
    }

    private mutating func readMetadata(from file: MappedFile, _ cursor: inout GGUFCursor) throws(TrainerError) {
        let start = cursor.offset
        let key = try cursor.readText(of: .key, limit: GGUFLimits.key)
        let value = try Self.readValue(from: file, &cursor)
        guard metadata.updateValue(value, forKey: key) == nil else {
            throw cursor.fault(.duplicate(.key, name: key), at: start)
        }
        entries.append((key, start..<cursor.offset))
        if key == "general.alignment" {
            guard let alignment = Self.alignment(value) else { throw cursor.fault(.alignment, at: start) }
            self.alignment = alignment
        }
    }

    private static func readType(_ cursor: inout GGUFCursor) throws(TrainerError) -> GGUFValueType {
        let start = cursor.offset
        let number = try cursor.read(UInt32.self, of: .value)
        guard let type = GGUFValueType(rawValue: number) else { throw cursor.fault(.valueType(number), at: start) }
        return type
    }

    private static func readValue(
        from file: MappedFile, _ cursor: inout GGUFCursor
    ) throws(TrainerError) -> GGUFValue {
        switch try readType(&cursor) {
        case .uint8: return .integer(Int64(try cursor.read(UInt8.self, of: .value)))
        case .int8: return .integer(Int64(try cursor.read(Int8.self, of: .value)))
        case .uint16: return .integer(Int64(try cursor.read(UInt16.self, of: .value)))
        case .int16: return .integer(Int64(try cursor.read(Int16.self, of: .value)))
        case .uint32: return .integer(Int64(try cursor.read(UInt32.self, of: .value)))
        case .int32: return .integer(Int64(try cursor.read(Int32.self, of: .value)))
        case .int64: return .integer(try cursor.read(Int64.self, of: .value))
        case .uint64:
            let value = try cursor.read(UInt64.self, of: .value)
            return Int64(exactly: value).map(GGUFValue.integer) ?? .unsigned(value)
        case .float32: return .number(Double(Float(bitPattern: try cursor.read(UInt32.self, of: .value))))
        case .float64: return .number(Double(bitPattern: try cursor.read(UInt64.self, of: .value)))
        case .bool:
            let byte = try cursor.read(UInt8.self, of: .value)
            guard byte <= 1 else { throw cursor.fault(.boolean(byte), at: cursor.offset - 1) }
            return .bool(byte == 1)
        case .string: return .string(try cursor.readText(of: .string, limit: GGUFLimits.string))
        case .array: return .array(try readArray(from: file, &cursor))
        }
    }

    private static func readArray(
        from file: MappedFile, _ cursor: inout GGUFCursor
    ) throws(TrainerError) -> GGUFArray {
        let typeOffset = cursor.offset
        let element = try readType(&cursor)
        guard element != .array else { throw cursor.fault(.nestedArray, at: typeOffset) }
        let count = try readCount(of: .array, limit: GGUFLimits.arrayElements, &cursor)
        let start = cursor.offset
        if let size = element.size {
            // Cannot overflow: both factors were limited above.
            try cursor.skip(count * UInt64(size), of: .array)
        } else {
            for _ in 0..<count { _ = try cursor.readString(of: .array, limit: GGUFLimits.string) }
        }
        return GGUFArray(file: file, element: element, count: Int(count), byteRange: start..<cursor.offset)
    }

    /// A power of two within the limit; nil for anything else.
    private static func alignment(_ value: GGUFValue) -> Int? {
        guard case .integer(let number) = value, (1...GGUFLimits.alignment).contains(number),
            number & (number - 1) == 0
        else { return nil }
        return Int(number)
    }
}
