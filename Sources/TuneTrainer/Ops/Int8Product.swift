import CKernels
import COneDNN

/// Memory for products in bytes: the factor cut to bytes, and the exact sums. T rows each.
struct Int8Scratch {
    /// (T, longest side)
    fileprivate let factor: Buffer<UInt8>
    /// (T, longest side)
    fileprivate let sums: Buffer<Int32>
    /// (T, 1)
    fileprivate let scales: Matrix

    init(rows: Int, side: Int) {
        factor = Buffer(zeros: rows * side)
        sums = Buffer(zeros: rows * side)
        scales = Matrix(zeros: rows, 1)
    }
}

/// y = x·Wᵀ with both factors cut to bytes and exact sums, so the same on any number of threads.
/// x: (T, in)  W: (out, in)  y: (T, out)
func int8Product(into y: Matrix, _ x: Matrix, _ weight: Int8Matrix, scratch: Int8Scratch, on team: Team) {
    cut(x, times: weight.unsmoothing, scratch, on: team)
    team.split(weight.rows, grain: 16) { outputs in
        multiply(
            rows: x.rows, by: weight.values.base + outputs.lowerBound * weight.columns, weight, isTransposed: true,
            columns: outputs, of: weight.rows, scratch)
        tk_scale_products(
            y.base + outputs.lowerBound, y.columns, scratch.sums.base + outputs.lowerBound, weight.rows,
            scratch.scales.base, weight.scales.base + outputs.lowerBound, x.rows, outputs.count, 0)
    }
}

/// dx = dy·W, or added to dx, in the same way: the weights' row scales go into dy before it is cut to bytes.
/// dy: (T, out)  W: (out, in)  dx: (T, in)
func int8ProductBackward(
    into dx: Matrix, accumulating: Bool, dy: Matrix, _ weight: Int8Matrix, scratch: Int8Scratch, on team: Team
) {
    cut(dy, times: weight.scales, scratch, on: team)
    team.split(weight.columns, grain: 16) { inputs in
        multiply(
            rows: dy.rows, by: weight.values.base + inputs.lowerBound, weight, isTransposed: false, columns: inputs,
            of: weight.columns, scratch)
        tk_scale_products(
            dx.base + inputs.lowerBound, dx.columns, scratch.sums.base + inputs.lowerBound, weight.columns,
            scratch.scales.base, weight.unsmoothing.base + inputs.lowerBound, dy.rows, inputs.count,
            accumulating ? 1 : 0)
    }
}

// MARK: -

private func cut(_ x: Matrix, times columns: Matrix, _ scratch: Int8Scratch, on team: Team) {
    precondition(x.count <= scratch.factor.count && columns.count == x.columns)
    team.split(x.rows, grain: 8) { rows in
        tk_quantize_rows(
            scratch.factor.base + rows.lowerBound * x.columns, scratch.scales.base + rows.lowerBound,
            x.row(rows.lowerBound), columns.base, rows.count, x.columns)
    }
}

/// Some of the sums' `width` columns, from the whole factor and the part of the weights that makes them.
private func multiply(
    rows: Int, by part: UnsafeMutablePointer<Int8>, _ weight: Int8Matrix, isTransposed: Bool, columns: Range<Int>,
    of width: Int, _ scratch: Int8Scratch
) {
    precondition(rows * width <= scratch.sums.count)
    let inner = isTransposed ? weight.columns : weight.rows
    // Bytes of the factor stand 128 too high, since the product takes them without a sign.
    let factorOffset: UInt8 = 128
    var sumOffset: Int32 = 0
    let status = dnnl_gemm_u8s8s32(
        CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: isTransposed ? "T" : "N")), CChar(UInt8(ascii: "F")), Int64(rows),
        Int64(columns.count), Int64(inner), 1, scratch.factor.base, Int64(inner), factorOffset, part,
        Int64(weight.columns), 0, 0, scratch.sums.base + columns.lowerBound, Int64(width), &sumOffset)
    precondition(status == dnnl_success, "product in bytes refused: \(status)")
}
