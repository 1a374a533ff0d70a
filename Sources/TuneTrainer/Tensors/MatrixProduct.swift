import COneDNN

/// A rectangle in a row-major matrix: where it begins, its shape, and how far apart its rows are.
struct Window {
    let base: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int
    let stride: Int
    private(set) var isTransposed = false

    init(_ matrix: Matrix) {
        self.init(base: matrix.base, rows: matrix.rows, columns: matrix.columns, stride: matrix.columns)
    }

    init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride
    }

    /// The same rectangle, read with rows and columns exchanged.
    var transposed: Window {
        var other = self
        other.isTransposed.toggle()
        return other
    }

    /// Some of a matrix's columns, all rows.
    init(_ matrix: Matrix, columns range: Range<Int>) {
        self.init(
            base: matrix.base + range.lowerBound, rows: matrix.rows, columns: range.count, stride: matrix.columns)
    }
}

/// c = alpha · a·b + beta · c on the calling thread, in f32. The inner lengths must agree.
func product(into c: Window, _ a: Window, _ b: Window, alpha: Float = 1, beta: Float = 0) {
    let (m, k) = a.isTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = b.isTransposed ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == inner && m == c.rows && n == c.columns, "(\(m)×\(k))·(\(inner)×\(n)) into \(c.rows)×\(c.columns)")
    guard m > 0, n > 0 else { return }
    let status = dnnl_sgemm(
        a.letter, b.letter, Int64(m), Int64(n), Int64(k), alpha, a.base, Int64(a.stride), b.base, Int64(b.stride),
        beta, c.base, Int64(c.stride))
    precondition(status == dnnl_success, "matrix product \(m)×\(n)×\(k) refused: \(status)")
}

extension Window {
    /// How the matrix library is told which way to read.
    fileprivate var letter: CChar { CChar(UInt8(ascii: isTransposed ? "T" : "N")) }
}
