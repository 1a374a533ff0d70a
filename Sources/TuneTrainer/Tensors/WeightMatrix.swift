import CKernels

/// A frozen matrix of the base model, (outputs, inputs), read from its stored form whenever it is needed.
///
/// It keeps the mapped file open that its bytes lie in.
struct WeightMatrix: @unchecked Sendable {
    let rows: Int
    let columns: Int
    let type: TensorType
    private let tensor: StoredTensor
    private let bytes: UnsafeRawBufferPointer
    private let rowBytes: Int

    init(_ tensor: StoredTensor) {
        rows = tensor.rows
        columns = tensor.columns
        type = tensor.type
        self.tensor = tensor
        bytes = tensor.bytes
        rowBytes = tensor.type.rowBytes(tensor.columns)
    }

    /// Writes some rows as Float, the first of them at `target`.
    func dequantize(_ range: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        switch tensor.order {
        case .asUsed: dequantize(stored(range.lowerBound), count: range.count * columns, into: target)
        case .interleaved:
            for row in range {
                dequantize(stored(row), count: columns, into: target + (row - range.lowerBound) * columns)
            }
        }
    }

    /// Σ w[row][i]·x[i], without writing the row out where the type allows it.
    func dot(_ row: Int, _ x: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>) -> Float {
        let source = stored(row)
        switch type {
        case .q41: return tk_dot_q4_1(source, x, columns)
        case .q40: return tk_dot_q4_0(source, x, columns)
        case .q80: return tk_dot_q8_0(source, x, columns)
        default:
            dequantize(source, count: columns, into: scratch)
            return tk_dot_f32(scratch, x, columns)
        }
    }

    // MARK: -

    private func stored(_ row: Int) -> UnsafePointer<UInt8> {
        let place =
            switch tensor.order {
            case .asUsed: row
            case .interleaved(let size):
                row / size * size + (row % (size / 2)) * 2 + (row % size) / (size / 2)
            }
        return (bytes.baseAddress! + place * rowBytes).assumingMemoryBound(to: UInt8.self)
    }

    private func dequantize(
        _ source: UnsafePointer<UInt8>, count: Int, into target: UnsafeMutablePointer<Float>
    ) {
        switch type {
        case .f16: tk_dequantize_f16(target, source, count)
        case .bf16: tk_dequantize_bf16(target, source, count)
        case .q80: tk_dequantize_q8_0(target, source, count)
        case .q40: tk_dequantize_q4_0(target, source, count)
        case .q41: tk_dequantize_q4_1(target, source, count)
        case .f32, .q50, .q51, .q4K, .q5K, .q6K:
            Dequantize.expand(
                UnsafeRawBufferPointer(start: source, count: type.rowBytes(count)), as: type,
                into: UnsafeMutableBufferPointer(start: target, count: count))
        }
    }
}
