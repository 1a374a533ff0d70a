/// Where a tensor lies in a GGUF file and how it is stored.
public struct GGUFTensor: Hashable, Sendable {
    public let name: String
    public let type: TensorType
    /// Sizes with the slowest-varying first: a linear layer is (outputs, inputs), a norm is (channels).
    public let shape: [Int]
    /// Its bytes, counted from the start of the file.
    public let byteRange: Range<Int>

    /// Numbers in a row: the inputs of a linear layer.
    public var columns: Int { shape[shape.count - 1] }
    /// Rows of `columns` numbers.
    public var rows: Int { shape.dropLast().reduce(1, *) }
    /// Numbers in all.
    public var count: Int { rows * columns }
}
