/// A tensor as a base model keeps it, with the mapped file that its bytes lie in.
struct StoredTensor: Sendable {
    /// As its file calls it.
    let name: String
    let type: TensorType
    /// Sizes with the slowest-varying first: a linear layer is (outputs, inputs), a norm is (channels).
    let shape: [Int]
    let order: RowOrder
    private let file: MappedFile
    private let byteRange: Range<Int>

    /// How the file orders the rows.
    enum RowOrder: Hashable, Sendable {
        case asUsed
        /// Within each head, row 2j + h holds what belongs at h·size/2 + j: llama.cpp's order of q and k in its llama
        /// architecture, made for rotating neighbours where we rotate halves.
        case interleaved(headSize: Int)

        /// Where in the file the row is that is used as number `row`.
        func place(of row: Int) -> Int {
            switch self {
            case .asUsed: row
            case .interleaved(let size): row / size * size + (row % (size / 2)) * 2 + (row % size) / (size / 2)
            }
        }
    }

    /// `byteRange` must lie within the file and hold exactly the tensor's numbers.
    init(
        name: String, type: TensorType, shape: [Int], order: RowOrder = .asUsed, file: MappedFile,
        byteRange: Range<Int>
    ) {
        self.name = name
        self.type = type
        self.shape = shape
        self.order = order
        self.file = file
        self.byteRange = byteRange
        precondition(byteRange.count == rows * type.rowBytes(columns), "the bytes of \(shape) as \(type.name)")
    }

    /// Numbers in a row: the inputs of a linear layer.
    var columns: Int { shape[shape.count - 1] }
    /// Rows of `columns` numbers.
    var rows: Int { shape.dropLast().reduce(1, *) }
    /// Numbers in all.
    var count: Int { rows * columns }

    /// Gives back the memory of its bytes until they are touched again.
    func letGo() { file.letGo(byteRange) }

    /// Copies some rows, in the order of their use, without touching the mapping.
    func read(rows range: Range<Int>, to target: UnsafeMutableRawPointer) throws(TrainerError) {
        let rowBytes = type.rowBytes(columns)
        func read(_ stored: Range<Int>, _ target: UnsafeMutableRawPointer) throws(TrainerError) {
            let start = byteRange.lowerBound
            try file.read(start + stored.lowerBound * rowBytes..<start + stored.upperBound * rowBytes, to: target)
        }
        guard case .interleaved = order else { return try read(range, target) }
        for row in range {
            let place = order.place(of: row)
            try read(place..<place + 1, target + (row - range.lowerBound) * rowBytes)
        }
    }

    /// Whether the file at its path is the one that was opened.
    var isCurrent: Bool { file.stamp == nil || FileStamp(of: file.path) == file.stamp }

    /// Straight from the mapping: valid for as long as this value lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[byteRange]) }
}
