/// A row-major matrix of Float: a view of memory that an `Arena` owns and outlives.
///
/// Matrices are handed to kernels on several threads at once; each thread writes rows or columns of its own.
struct Matrix: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int

    var count: Int { rows * columns }

    /// The matrix of a stretch of rows.
    subscript(rows range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        return Matrix(base: base + range.lowerBound * columns, rows: range.count, columns: columns)
    }

    func row(_ index: Int) -> UnsafeMutablePointer<Float> {
        precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
        return base + index * columns
    }

    /// The same memory with another shape.
    func reshaped(_ rows: Int, _ columns: Int) -> Matrix {
        precondition(rows * columns <= count, "\(rows) × \(columns) in \(count) values")
        return Matrix(base: base, rows: rows, columns: columns)
    }

    func zero() {
        base.update(repeating: 0, count: count)
    }

    func copy(from other: Matrix) {
        precondition(other.count == count)
        base.update(from: other.base, count: count)
    }

    var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
