/// A row-major matrix of Float: a view of memory that it keeps alive.
///
/// Copies are views of the same memory. Matrices are handed to kernels on several threads at once; each thread writes
/// rows or columns of its own.
struct Matrix: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int
    private let memory: Memory

    /// Zeros in memory of their own. Pages that are never written cost nothing, so that a matrix can be sized for the
    /// longest batch.
    init(zeros rows: Int, _ columns: Int) {
        memory = Memory(bytes: rows * columns * MemoryLayout<Float>.stride)
        base = memory.base.bindMemory(to: Float.self, capacity: max(1, rows * columns))
        self.rows = rows
        self.columns = columns
    }

    private init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, memory: Memory) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.memory = memory
    }

    var count: Int { rows * columns }

    /// The matrix of a stretch of rows.
    subscript(rows range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        return Matrix(
            base: base + range.lowerBound * columns, rows: range.count, columns: columns, memory: memory)
    }

    func row(_ index: Int) -> UnsafeMutablePointer<Float> {
        precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
        return base + index * columns
    }

    /// A matrix in the memory from the `offset`-th number on.
    func part(_ offset: Int, _ rows: Int, _ columns: Int) -> Matrix {
        precondition(offset >= 0 && offset + rows * columns <= count, "\(rows) × \(columns) at \(offset) of \(count)")
        return Matrix(base: base + offset, rows: rows, columns: columns, memory: memory)
    }

    /// The same memory with another shape.
    func reshaped(_ rows: Int, _ columns: Int) -> Matrix {
        precondition(rows * columns <= count, "\(rows) × \(columns) in \(count) values")
        return Matrix(base: base, rows: rows, columns: columns, memory: memory)
    }

    func zero() {
        base.update(repeating: 0, count: count)
    }

    func copy(from other: Matrix) {
        precondition(other.count == count)
        base.update(from: other.base, count: count)
    }

    /// The numbers as they lie in memory; valid for as long as this matrix lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Float>.stride) }

    var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
