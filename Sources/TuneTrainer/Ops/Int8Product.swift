import CKernels

/// Memory for products in bytes: the factor cut to bytes, and a panel of a turned weight for each member of the team.
struct Int8Scratch {
    /// A factor, or what its bytes leave over.
    fileprivate struct Cut {
        /// (T, longest side), rows `stride(of:)` apart
        let bytes: Buffer<UInt8>
        /// (T, 1)
        let scales: Matrix
    }

    fileprivate let factor: Cut
    fileprivate let rest: Cut
    fileprivate let turned: Buffer<Int8>
    fileprivate let turnedBytes: Int

    init(rows: Int, side: Int, members: Int) {
        let count = rows * Self.stride(of: side)
        factor = Cut(bytes: Buffer(zeros: count), scales: Matrix(zeros: rows, 1))
        rest = Cut(bytes: Buffer(zeros: count), scales: Matrix(zeros: rows, 1))
        turnedBytes = Self.stride(of: side) * Int8Matrix.panel
        turned = Buffer(zeros: members * turnedBytes)
    }

    fileprivate static func stride(of columns: Int) -> Int { (columns + 3) / 4 * 4 }

    /// Cuts some rows of x ⊙ columns to bytes; the caller divides the rows among the team. `withRest` also cuts what the
    /// bytes leave over, for the product that takes both.
    func cut(_ x: Matrix, _ rows: Range<Int>, times columns: Matrix, withRest: Bool = false) {
        let (stride, row) = (Self.stride(of: x.columns), rows.lowerBound)
        precondition(x.rows * stride <= factor.bytes.count && columns.count >= x.columns)
        let bytes = factor.bytes.base + row * stride
        tk_quantize_rows(
            bytes, stride, factor.scales.base + row, x.row(row), columns.base, rows.count, x.columns)
        guard withRest else { return }
        tk_quantize_rest(
            rest.bytes.base + row * stride, rest.scales.base + row, bytes, stride, factor.scales.base + row, x.row(row),
            columns.base, rows.count, x.columns)
    }

    /// Some rows of x·Wᵀ for the outputs of one panel, where x is what was cut last, times 1/s.
    func multiply(
        _ rows: Range<Int>, into y: UnsafeMutablePointer<Float>, stride: Int, columns: Range<Int>, _ weight: Int8Matrix
    ) {
        let xStride = Self.stride(of: weight.columns)
        var task = tk_byte_product(
            y: y, y_stride: stride, added: nil, x: factor.bytes.base + rows.lowerBound * xStride, x_stride: xStride,
            panel: weight.panels.base + columns.lowerBound * weight.paddedColumns,
            starts: weight.rowStarts.base + columns.lowerBound, column_scales: weight.scales.base + columns.lowerBound,
            row_scales: factor.scales.base + rows.lowerBound, inner: nil, thin: nil, thin_stride: 0, rank: 0,
            rows: rows.count, columns: columns.count, inputs: weight.columns)
        tk_multiply_bytes(&task, byteLevel)
    }
}

/// What is added to a product while it is written: inner·outer, of an adapter.
struct ThinPart {
    /// (T, rank)
    let inner: Matrix
    /// (rank, outputs up to whole panels)
    let outer: Matrix
}

/// The most rows of a factor that are multiplied with one panel before the next: they stay in a core's cache.
private let chunkRows = 256

/// y = x·Wᵀ + thin + added, where x is what was cut last, times 1/s. Sums are exact, so the same on any number of
/// threads.      x: (T, in)  W: (out, in)  y, added: (T, out)
func int8Product(
    into y: Matrix, _ weight: Int8Matrix, thin: ThinPart? = nil, adding added: Matrix? = nil, scratch: Int8Scratch,
    on team: Team
) {
    precondition(y.columns == weight.rows)
    let chunks = RowChunks(y.rows)
    team.split(weight.panelCount * chunks.count) { items in
        for item in items {
            let first = item % weight.panelCount * Int8Matrix.panel
            multiply(
                chunks[item / weight.panelCount], of: y, columns: first..<min(first + Int8Matrix.panel, y.columns),
                panel: weight.panels.base + first * weight.paddedColumns, inputs: weight.columns,
                starts: weight.rowStarts, scales: weight.scales, thin, added, scratch.factor)
        }
    }
}

/// dx = dy·W + thin + added, where dy is what was cut last, with its rest, times the weights' row scales.
/// dy: (T, out)  W: (out, in)  dx, added: (T, in)
///
/// Gradients have rows with a few numbers far larger than the others, and nothing evens them out: their bytes alone would
/// lose so much of the others that losses drift away from those in f32.
func int8ProductBackward(
    into dx: Matrix, _ weight: Int8Matrix, thin: ThinPart? = nil, adding added: Matrix? = nil, scratch: Int8Scratch,
    on team: Team
) {
    precondition(dx.columns == weight.columns)
    let chunks = RowChunks(dx.rows)
    let panels = Int8Matrix.wholePanels(weight.columns) / Int8Matrix.panel
    team.split(panels * chunks.count) { items, member in
        let turned = scratch.turned.base + member * scratch.turnedBytes
        var panelAtHand = -1
        for item in items {
            let first = item / chunks.count * Int8Matrix.panel
            if panelAtHand != first {
                tk_turn_panels(turned, weight.panels.base, weight.paddedColumns, first, 0, weight.rows)
                panelAtHand = first
            }
            func add(_ part: Int8Scratch.Cut, _ thin: ThinPart?, to added: Matrix?) {
                multiply(
                    chunks[item % chunks.count], of: dx, columns: first..<min(first + Int8Matrix.panel, dx.columns),
                    panel: turned, inputs: weight.rows, starts: weight.columnStarts,
                    scales: weight.smoothing.inverses, thin, added, part)
            }
            add(scratch.factor, thin, to: added)
            add(scratch.rest, nil, to: dx)
        }
    }
}

// MARK: -

/// Rows in chunks of nearly equal length, whole tiles each.
private struct RowChunks {
    let count: Int
    private let rows: Int
    private let length: Int

    init(_ rows: Int) {
        let tile = 8
        self.rows = rows
        let tiles = (rows + tile - 1) / tile
        let wanted = max(1, (rows + chunkRows - 1) / chunkRows)
        length = max(1, (tiles + wanted - 1) / wanted * tile)
        count = (rows + length - 1) / length
    }

    subscript(index: Int) -> Range<Int> { index * length..<min((index + 1) * length, rows) }
}

private func multiply(
    _ rows: Range<Int>, of y: Matrix, columns: Range<Int>, panel: UnsafePointer<Int8>, inputs: Int,
    starts: Buffer<Int32>, scales: Matrix, _ thin: ThinPart?, _ added: Matrix?, _ factor: Int8Scratch.Cut
) {
    let (row, column) = (rows.lowerBound, columns.lowerBound)
    let stride = Int8Scratch.stride(of: inputs)
    var task = tk_byte_product(
        y: y.row(row) + column, y_stride: y.columns, added: added.map { UnsafePointer($0.row(row) + column) },
        x: factor.bytes.base + row * stride, x_stride: stride, panel: panel, starts: starts.base + column,
        column_scales: scales.base + column, row_scales: factor.scales.base + row,
        inner: thin.map { UnsafePointer($0.inner.row(row)) }, thin: thin.map { UnsafePointer($0.outer.base + column) },
        thin_stride: thin?.outer.columns ?? 0, rank: thin?.inner.columns ?? 0, rows: rows.count, columns: columns.count,
        inputs: inputs)
    tk_multiply_bytes(&task, byteLevel)
}

/// Of this CPU.
let byteLevel = tk_byte_level()
