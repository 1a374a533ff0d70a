import CKernels

extension TensorType {
    /// Writes `count` stored numbers as Float; a multiple of the block.
    func dequantize(_ source: UnsafePointer<UInt8>, count: Int, into target: UnsafeMutablePointer<Float>) {
        switch self {
        case .f16: tk_dequantize_f16(target, source, count)
        case .bf16: tk_dequantize_bf16(target, source, count)
        case .q80: tk_dequantize_q8_0(target, source, count)
        case .q40: tk_dequantize_q4_0(target, source, count)
        case .q41: tk_dequantize_q4_1(target, source, count)
        case .q50: tk_dequantize_q5_0(target, source, count)
        case .q51: tk_dequantize_q5_1(target, source, count)
        case .q2K: tk_dequantize_q2_k(target, source, count)
        case .q3K: tk_dequantize_q3_k(target, source, count)
        case .q4K: tk_dequantize_q4_k(target, source, count)
        case .q5K: tk_dequantize_q5_k(target, source, count)
        case .q6K: tk_dequantize_q6_k(target, source, count)
        case .iq4NL: tk_dequantize_iq4_nl(target, source, count)
        case .iq4XS: tk_dequantize_iq4_xs(target, source, count)
        case .f32: UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: 4 * count)
        }
    }
}
