/// Reads the entries that say where a GGUF file's tensors lie, then checks that they lie there.
struct GGUFTensorTable {
    /// Every tensor begins at a multiple of this, counted from the start of the tensors' bytes.
    let alignment: Int
    private var entries: [Entry] = []
    private var index: [String: Int] = [:]

    private struct Entry {
        let name: String
        let type: TensorType
        let shape: [Int]
        let byteCount: Int
        /// From the start of the tensors' bytes.
        let offset: UInt64
        /// Where `offset` is written in the file.
        let place: Int
    }

    init(alignment: Int) {
        self.alignment = alignment
    }

    /// Reads one entry: name, sizes (fastest first), type, offset.
    mutating func readEntry(_ cursor: inout GGUFCursor) throws(TrainerError) {
        let start = cursor.offset
        let name = try cursor.readText(of: .tensorName, limit: GGUFLimits.tensorName)
        guard index.updateValue(entries.count, forKey: name) == nil else {
            throw cursor.fault(.duplicate(.tensor, name: name), at: start)
        }
        let (shape, count) = try Self.readShape(of: name, &cursor)
        let typePlace = cursor.offset
        let number = try cursor.read(UInt32.self, of: .tensor)
        guard let type = TensorType(rawValue: number) else {
            if let known = TensorType.nameOfUnread(number) {
                throw cursor.fault(.unreadType(tensor: name, type: known), at: typePlace)
            }
            throw cursor.fault(.tensorType(tensor: name, number), at: typePlace)
        }
        let columns = shape[shape.count - 1]
        guard columns % type.blockSize == 0 else {
            let fault = GGUFFault.partialBlock(tensor: name, columns: columns, blockSize: type.blockSize)
            throw cursor.fault(fault, at: typePlace)
        }
        let (byteCount, overflows) = (count / type.blockSize).multipliedReportingOverflow(by: type.blockBytes)
        guard !overflows else { throw cursor.fault(.overflow(tensor: name), at: start) }
        let place = cursor.offset
        let offset = try cursor.read(UInt64.self, of: .tensor)
        guard offset % UInt64(alignment) == 0 else {
            throw cursor.fault(.misaligned(tensor: name, offset: offset, alignment: alignment), at: place)
        }
        entries.append(
            Entry(name: name, type: type, shape: shape, byteCount: byteCount, offset: offset, place: place))
    }

    /// The sizes with the slowest first, and their product.
    private static func readShape(
        of name: String, _ cursor: inout GGUFCursor
    ) throws(TrainerError) -> (shape: [Int], count: Int) {
        let start = cursor.offset
        let dimensions = try cursor.read(UInt32.self, of: .tensor)
        guard (1...GGUFLimits.dimensions).contains(dimensions) else {
            throw cursor.fault(.dimensionCount(dimensions), at: start)
        }
        var shape: [Int] = []
        var count = 1
        for _ in 0..<dimensions {
            let place = cursor.offset
            let size = try cursor.read(UInt64.self, of: .tensor)
            guard size > 0, let size = Int(exactly: size) else {
                throw cursor.fault(.dimension(tensor: name, size), at: place)
            }
            let (product, overflows) = count.multipliedReportingOverflow(by: size)
            guard !overflows else { throw cursor.fault(.overflow(tensor: name), at: place) }
            count = product
            shape.insert(size, at: 0)
        }
        return (shape, count)
    }

    /// The tensors with their places in the file, whose bytes begin at the first aligned place after the header.
    func place(after header: GGUFCursor) throws(TrainerError) -> (tensors: [GGUFTensor], index: [String: Int]) {
        // The cursor is within the file and the alignment is limited, so this cannot overflow.
        let base = (header.offset + alignment - 1) / alignment * alignment
        let size = UInt64(header.bytes.count)
        var tensors: [GGUFTensor] = []
        tensors.reserveCapacity(entries.count)
        for entry in entries {
            let (start, startOverflows) = entry.offset.addingReportingOverflow(UInt64(base))
            let (end, endOverflows) = start.addingReportingOverflow(UInt64(entry.byteCount))
            guard !startOverflows, !endOverflows else {
                throw header.fault(.overflow(tensor: entry.name), at: entry.place)
            }
            guard end <= size else {
                throw header.fault(.tensorCutShort(tensor: entry.name, missing: end - size), at: entry.place)
            }
            tensors.append(
                GGUFTensor(name: entry.name, type: entry.type, shape: entry.shape, byteRange: Int(start)..<Int(end)))
        }
        try refuseOverlaps(tensors, header)
        return (tensors, index)
    }

    private func refuseOverlaps(_ tensors: [GGUFTensor], _ header: GGUFCursor) throws(TrainerError) {
        let order = tensors.indices.sorted { tensors[$0].byteRange.lowerBound < tensors[$1].byteRange.lowerBound }
        for (first, second) in zip(order, order.dropFirst())
        where tensors[first].byteRange.upperBound > tensors[second].byteRange.lowerBound {
            let fault = GGUFFault.overlap(tensor: tensors[second].name, other: tensors[first].name)
            throw header.fault(fault, at: entries[second].place)
        }
    }
}
