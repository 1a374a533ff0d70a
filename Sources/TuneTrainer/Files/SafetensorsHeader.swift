/// Everything in a safetensors file before the numbers, read and checked once: a length, a JSON object, and after it
/// tensor on tensor without a gap.
struct SafetensorsHeader {
    struct Entry: Hashable, Sendable {
        /// The type as the format spells it, such as `BF16`.
        let dtype: String
        /// Sizes with the slowest-varying first; empty for a single number.
        let shape: [Int]
        /// Bytes from the start of the file.
        let byteRange: Range<Int>
        /// Where in the file the entry stands.
        let place: Int
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var metadata: [String: String] = [:]

    /// The format's own limit, in bytes.
    static let longest = 100_000_000

    init(of file: MappedFile) throws(TrainerError) {
        func damaged(_ fault: SafetensorsFault, at offset: Int) -> TrainerError {
            .damagedSafetensors(path: file.path, byteOffset: offset, fault)
        }
        let limit = min(Self.longest, file.count - 8)
        guard limit >= 0 else { throw damaged(.headerLength(claimed: 0, limit: 0), at: 0) }
        let claimed = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard claimed <= limit else { throw damaged(.headerLength(claimed: claimed, limit: limit), at: 0) }
        let start = 8 + Int(claimed)
        var reader = JSONReader(UnsafeRawBufferPointer(rebasing: file.bytes[8..<start]), path: file.path, origin: 8)
        try readEntries(&reader, numbersAt: start, fileSize: file.count)
        try reader.finish()

        var end = start
        let order = entries.sorted {
            ($0.value.byteRange.lowerBound, $0.value.byteRange.upperBound)
                < ($1.value.byteRange.lowerBound, $1.value.byteRange.upperBound)
        }
        for (name, entry) in order {
            guard entry.byteRange.lowerBound == end else { throw damaged(.gapOrOverlap(tensor: name), at: entry.place) }
            end = entry.byteRange.upperBound
        }
        guard end == file.count else { throw damaged(.rest(bytes: file.count - end), at: end) }
    }

    private mutating func readEntries(
        _ reader: inout JSONReader, numbersAt start: Int, fileSize: Int
    ) throws(TrainerError) {
        var entries: [String: Entry] = [:]
        var metadata: [String: String] = [:]
        var hasMetadata = false
        try reader.readObject { (reader, name) throws(TrainerError) in
            let place = reader.offset
            if name == "__metadata__" {
                guard !hasMetadata else { throw reader.fault(.duplicateKey(name), at: place) }
                hasMetadata = true
                try reader.readObject { (reader, key) throws(TrainerError) in
                    let place = reader.offset
                    guard metadata.updateValue(try reader.readString(), forKey: key) == nil else {
                        throw reader.fault(.duplicateKey(key), at: place)
                    }
                }
                return
            }
            let entry = try Self.readEntry(&reader, name, numbersAt: start, fileSize: fileSize)
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw reader.fault(.duplicateKey(name), at: place)
            }
        }
        (self.entries, self.metadata) = (entries, metadata)
    }

    private static func readEntry(
        _ reader: inout JSONReader, _ name: String, numbersAt start: Int, fileSize: Int
    ) throws(TrainerError) -> Entry {
        let place = reader.offset
        let path = reader.path
        var (dtype, shape, offsets): (String?, [Int]?, [Int]?)
        func readIntegers(_ reader: inout JSONReader) throws(TrainerError) -> [Int] {
            var values: [Int] = []
            try reader.readArray { (reader, index) throws(TrainerError) in
                // No tensor has more sizes; a longer list is not even kept.
                guard index < 8 else {
                    throw .damagedSafetensors(path: path, byteOffset: place, .entry(tensor: name))
                }
                values.append(try reader.readInteger())
            }
            return values
        }
        var fields: Set<String> = []
        try reader.readObject { (reader, key) throws(TrainerError) in
            guard fields.insert(key).inserted else { throw reader.fault(.duplicateKey(key)) }
            switch key {
            case "dtype": dtype = try reader.readString()
            case "shape": shape = try readIntegers(&reader)
            case "data_offsets": offsets = try readIntegers(&reader)
            default: try reader.skip()
            }
        }
        guard let dtype, let shape, let offsets, offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1],
            offsets[1] <= fileSize - start
        else { throw .damagedSafetensors(path: path, byteOffset: place, .entry(tensor: name)) }
        if let size = sizes[dtype] {
            var bytes = size
            for length in shape {
                let (product, overflows) = bytes.multipliedReportingOverflow(by: length)
                guard length >= 0, !overflows else {
                    throw .damagedSafetensors(path: path, byteOffset: place, .size(tensor: name))
                }
                bytes = product
            }
            guard bytes == offsets[1] - offsets[0] else {
                throw .damagedSafetensors(path: path, byteOffset: place, .size(tensor: name))
            }
        }
        return Entry(dtype: dtype, shape: shape, byteRange: start + offsets[0]..<start + offsets[1], place: place)
    }

    /// Bytes of one number; types that are not here are refused when somebody wants to read them.
    private static let sizes = [
        "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4, "U16": 2,
        "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
    ]
}
