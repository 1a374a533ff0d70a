import CKernels

/// y = x·Wᵀ + added in f32 from the stored weights, for the outputs of some strips; on the calling thread.
///
/// `y` is where the first of these outputs goes, `added` is laid out like it and may be it. `written` has room for a
/// strip's weights.   x: (rows, in)
func multiplyExactly(
    _ weight: WeightMatrix, _ strips: Range<Int>, _ x: Matrix, into y: UnsafeMutablePointer<Float>, stride: Int,
    adding added: UnsafePointer<Float>?, written: UnsafeMutablePointer<Float>
) {
    let first = strips.lowerBound * StripMatrix.strip
    for strip in strips {
        let outputs = strip * StripMatrix.strip..<min((strip + 1) * StripMatrix.strip, weight.rows)
        let place = outputs.lowerBound - first
        multiplyOutputs(
            weight, outputs, x, into: y + place, stride: stride, adding: added.map { $0 + place }, written: written)
    }
}

private func multiplyOutputs(
    _ weight: WeightMatrix, _ outputs: Range<Int>, _ x: Matrix, into y: UnsafeMutablePointer<Float>, stride: Int,
    adding added: UnsafePointer<Float>?, written: UnsafeMutablePointer<Float>
) {
    if x.rows < fewRows {
        for output in outputs {
            for t in 0..<x.rows {
                let place = t * stride + output - outputs.lowerBound
                y[place] = weight.dot(output, x.row(t), scratch: written) + (added.map { $0[place] } ?? 0)
            }
        }
        return
    }
    weight.dequantize(outputs, into: written)
    let isInPlace = added == UnsafePointer(y)
    product(
        into: Window(base: y, rows: x.rows, columns: outputs.count, stride: stride), Window(x),
        Window(base: written, rows: outputs.count, columns: weight.columns, stride: weight.columns).transposed,
        beta: isInPlace ? 1 : 0)
    guard let added, !isInPlace else { return }
    for t in 0..<x.rows { tk_add(y + t * stride, added + t * stride, outputs.count) }
}
