import CKernels

/// A frozen matrix as answering reads it: strips of 32 outputs, in blocks of 32 inputs with scales of their own.
///
/// Four-bit types and Q8_0 keep exactly the numbers of their file; other types are cut to bytes, 1/127 of the largest
/// number in each block. The strips are a copy, so that nothing that happens to the file reaches who reads them.
struct StripMatrix: @unchecked Sendable {
    let rows: Int
    let columns: Int
    let form: tk_strip_form
    private let base: UnsafeMutablePointer<UInt8>
    private let memory: Memory

    /// Outputs in a strip.
    static let strip = Int(tk_strip)
    /// Inputs in a block.
    static let block = Int(tk_block)

    /// Bytes of a block whose nibbles have a byte each.
    static let spreadBlock = Int(tk_spread_block)

    static func blocks(_ columns: Int) -> Int { (columns + block - 1) / block }

    /// Bytes that a matrix of this shape takes.
    static func byteCount(_ weight: WeightMatrix) -> Int {
        (weight.rows + strip - 1) / strip * blocks(weight.columns) * blockBytes(form(of: weight.type))
    }

    var blocks: Int { Self.blocks(columns) }
    var stripCount: Int { (rows + Self.strip - 1) / Self.strip }

    /// The outputs of a strip.
    func outputs(of strip: Int) -> Range<Int> { strip * Self.strip..<min((strip + 1) * Self.strip, rows) }

    func strip(_ index: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(index >= 0 && index < stripCount, "strip \(index) of \(stripCount)")
        return base + index * blocks * Self.blockBytes(form)
    }

    /// Room for a matrix in memory from the `offset`-th byte on; `fill` writes it.
    init(_ weight: WeightMatrix, in memory: Memory, at offset: Int) {
        rows = weight.rows
        columns = weight.columns
        form = Self.form(of: weight.type)
        base = (memory.base + offset).assumingMemoryBound(to: UInt8.self)
        self.memory = memory
    }

    /// Lays some strips out, reading the stored rows without touching a mapped file.
    func fill(_ strips: Range<Int>, from weight: WeightMatrix) throws(TrainerError) {
        let rowBytes = weight.storedRowBytes
        let stored = Memory(bytes: Self.strip * rowBytes)
        let floats = Matrix(zeros: Self.strip, columns)
        for index in strips {
            let outputs = outputs(of: index)
            try weight.read(rows: outputs, to: stored.base)
            let first = UnsafePointer(stored.base.assumingMemoryBound(to: UInt8.self))
            let rows = outputs.indices.map { Optional(first + ($0 - outputs.lowerBound) * rowBytes) }
            let (target, blocks) = (strip(index), blocks)
            rows.withUnsafeBufferPointer { rows in
                switch weight.type {
                case .q40: tk_strip_from_q4_0(target, rows.baseAddress, rows.count, blocks)
                case .q41: tk_strip_from_q4_1(target, rows.baseAddress, rows.count, blocks)
                case .q80: tk_strip_from_q8_0(target, rows.baseAddress, rows.count, blocks)
                default:
                    for row in 0..<rows.count {
                        weight.type.dequantize(rows[row]!, count: columns, into: floats.row(row))
                    }
                    tk_strip_from_floats(target, floats.base, rows.count, columns)
                }
            }
        }
        withExtendedLifetime((stored, floats)) {}
    }

    /// One row as Float. target: (columns up to whole blocks)
    func row(_ index: Int, into target: UnsafeMutablePointer<Float>) {
        tk_strip_row(target, strip(index / Self.strip), form, index % Self.strip, blocks)
    }

    private static func form(of type: TensorType) -> tk_strip_form {
        switch type {
        case .q40, .q41: tk_nibbles
        default: tk_bytes
        }
    }

    static func blockBytes(_ form: tk_strip_form) -> Int {
        form == tk_nibbles ? Int(tk_nibble_block) : Int(tk_byte_block)
    }
}
