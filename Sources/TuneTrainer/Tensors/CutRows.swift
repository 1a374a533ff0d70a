import CKernels

/// Rows cut to whole numbers block by block, as products with strips read them.
///
/// In bytes, or wide: in 14 bits, for inputs of which a few numbers in a block are far larger than the rest. A product
/// takes twice as long then where it is not bound by reading its weights.
struct CutRows: @unchecked Sendable {
    /// (rows, stride)
    private let high: Buffer<Int8>
    private let low: Buffer<Int8>
    /// What a number of each block stands for, and the block's sum. (rows, blocks)
    let scales: Matrix
    let sums: Buffer<Int32>
    /// Columns up to whole blocks.
    let stride: Int
    let blocks: Int

    init(rows: Int, columns: Int) {
        blocks = StripMatrix.blocks(columns)
        stride = blocks * StripMatrix.block
        high = Buffer(zeros: rows * stride)
        low = Buffer(zeros: rows * stride)
        scales = Matrix(zeros: rows, blocks)
        sums = Buffer(zeros: rows * blocks)
    }

    /// Cuts whole rows of x.
    func cut(_ x: Matrix, _ rows: Range<Int>, isWide: Bool) {
        guard let t = rows.first else { return }
        tk_cut_rows(
            high.base + t * stride, isWide ? low.base + t * stride : nil, stride, scales.row(t), sums.base + t * blocks,
            blocks, x.row(t), x.columns, rows.count, x.columns)
    }

    /// Cuts some columns of the first rows; x holds only those, whole blocks from the `block`-th on, in rows `xStride` apart.
    func cut(
        from block: Int, of x: UnsafePointer<Float>, width: Int, stride xStride: Int, rows: Int, isWide: Bool
    ) {
        let first = block * StripMatrix.block
        tk_cut_rows(
            high.base + first, isWide ? low.base + first : nil, stride, scales.base + block, sums.base + block, blocks,
            x, xStride, rows, width)
    }

    /// y = x·Wᵀ + added for the outputs of some strips and some rows; `y` is where the first of these outputs goes in the
    /// first of these rows, and `added` is laid out like it.
    ///
    /// `isWide` as the rows were cut. `spread` has room for a strip with a byte for each nibble, (blocks · 1152).
    func multiply(
        _ weight: StripMatrix, _ strips: Range<Int>, rows: Range<Int>, isWide: Bool,
        into y: UnsafeMutablePointer<Float>, stride yStride: Int, adding added: UnsafePointer<Float>? = nil,
        spread: UnsafeMutablePointer<UInt8>?, level: Int32 = stripLevel
    ) {
        precondition(weight.blocks == blocks && strips.upperBound <= weight.stripCount)
        guard let strip = strips.first, let t = rows.first else { return }
        var task = tk_strip_product(
            y: y, y_stride: yStride, added: added, x: high.base + t * stride,
            x_low: isWide ? UnsafePointer(low.base + t * stride) : nil, x_stride: stride, x_scales: scales.row(t),
            x_sums: sums.base + t * blocks, blocks_stride: blocks, strip: weight.strip(strip), form: weight.form,
            spread: spread, rows: rows.count, columns: 0, blocks: blocks)
        let stripBytes = blocks * StripMatrix.blockBytes(weight.form)
        for strip in strips {
            task.columns = weight.outputs(of: strip).count
            tk_multiply_strip(&task, level)
            task.y += StripMatrix.strip
            if let added = task.added { task.added = added + StripMatrix.strip }
            task.strip += stripBytes
        }
    }

    /// A number as products see it.
    func value(_ row: Int, _ column: Int, isWide: Bool) -> Float {
        let place = row * stride + column
        let q = isWide ? 128 * Int32(high.base[place]) + Int32(low.base[place]) : Int32(high.base[place])
        return Float(q) * scales.row(row)[column / StripMatrix.block]
    }
}

/// Of this CPU.
let stripLevel = tk_strip_level()
