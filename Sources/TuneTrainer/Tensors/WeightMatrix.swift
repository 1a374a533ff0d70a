import CKernels

/// A weight matrix of a model, (outputs, inputs), read from its stored form whenever it is needed.
///
/// It keeps the mapped file open, or the memory, that its bytes lie in.
struct WeightMatrix: @unchecked Sendable {
    let rows: Int
    let columns: Int
    let type: TensorType
    private let source: Source
    private let bytes: UnsafeRawBufferPointer
    private let rowBytes: Int

    private enum Source {
        case stored(StoredTensor)
        /// The numbers as they are used: weights that are trained.
        case memory(Matrix)
    }

    init(_ tensor: StoredTensor) {
        rows = tensor.rows
        columns = tensor.columns
        type = tensor.type
        source = .stored(tensor)
        bytes = tensor.bytes
        rowBytes = tensor.type.rowBytes(tensor.columns)
    }

    /// Weights in memory, (outputs, inputs), which may change between two uses.
    init(_ floats: Matrix) {
        rows = floats.rows
        columns = floats.columns
        type = .f32
        source = .memory(floats)
        bytes = floats.bytes
        rowBytes = TensorType.f32.rowBytes(floats.columns)
    }

    /// Some rows as Float: in place where they are kept so, else written to the same rows of `scratch`, which is at least
    /// as large as the whole.
    func floats(_ range: Range<Int>, scratch: Matrix) -> Matrix {
        if let memory { return memory[rows: range] }
        let written = scratch.reshaped(rows, columns)[rows: range]
        dequantize(range, into: written.base)
        return written
    }

    /// All rows as Float, in place or written to `scratch` by the whole team.
    func floats(scratch: Matrix, on team: Team) -> Matrix {
        if let memory { return memory }
        team.split(rows, grain: 16) { _ = floats($0, scratch: scratch) }
        return scratch.reshaped(rows, columns)
    }

    /// Writes some rows as Float, the first of them at `target`.
    func dequantize(_ range: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        switch order {
        case .asUsed: type.dequantize(stored(range.lowerBound), count: range.count * columns, into: target)
        case .interleaved:
            for row in range {
                type.dequantize(stored(row), count: columns, into: target + (row - range.lowerBound) * columns)
            }
        }
    }

    /// Copies some rows as they are stored, in the order of their use, without touching a mapped file.
    func read(rows range: Range<Int>, to target: UnsafeMutableRawPointer) throws(TrainerError) {
        switch source {
        case .stored(let tensor): try tensor.read(rows: range, to: target)
        case .memory(let matrix):
            target.copyMemory(from: matrix.row(range.lowerBound), byteCount: range.count * rowBytes)
        }
    }

    /// Bytes of a row as it is stored.
    var storedRowBytes: Int { rowBytes }

    /// Gives back the memory of the stored form until it is read again.
    func letGo() {
        if case .stored(let tensor) = source { tensor.letGo() }
    }

    /// Σ w[row][i]·x[i], without writing the row out where the type allows it.
    func dot(_ row: Int, _ x: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>) -> Float {
        if let memory { return tk_dot_f32(memory.row(row), x, columns) }
        let source = stored(row)
        switch type {
        case .q41: return tk_dot_q4_1(source, x, columns)
        case .q40: return tk_dot_q4_0(source, x, columns)
        case .q80: return tk_dot_q8_0(source, x, columns)
        case .f16: return tk_dot_f16(source, x, columns)
        case .bf16: return tk_dot_bf16(source, x, columns)
        case .q50: return tk_dot_q5_0(source, x, columns)
        case .q51: return tk_dot_q5_1(source, x, columns)
        case .q2K: return tk_dot_q2_k(source, x, columns)
        case .q3K: return tk_dot_q3_k(source, x, columns)
        case .q4K: return tk_dot_q4_k(source, x, columns)
        case .q5K: return tk_dot_q5_k(source, x, columns)
        case .q6K: return tk_dot_q6_k(source, x, columns)
        case .iq4NL: return tk_dot_iq4_nl(source, x, columns)
        case .iq4XS: return tk_dot_iq4_xs(source, x, columns)
        case .f32:
            // A file may begin its numbers anywhere; the product wants them where floats may lie.
            type.dequantize(source, count: columns, into: scratch)
            return tk_dot_f32(scratch, x, columns)
        }
    }

    // MARK: -

    private var memory: Matrix? { if case .memory(let matrix) = source { matrix } else { nil } }
    private var order: StoredTensor.RowOrder { if case .stored(let tensor) = source { tensor.order } else { .asUsed } }

    private func stored(_ row: Int) -> UnsafePointer<UInt8> {
        (bytes.baseAddress! + order.place(of: row) * rowBytes).assumingMemoryBound(to: UInt8.self)
    }
}
