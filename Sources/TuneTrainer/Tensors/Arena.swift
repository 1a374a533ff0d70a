import Glibc

/// Owns the memory of matrices, cache-line aligned, zeroed by the system when first touched; frees it all at once.
///
/// Pages that are never written cost nothing, so that an arena can be sized for the longest batch.
final class Arena {
    private var blocks: [(base: UnsafeMutableRawPointer, bytes: Int)] = []

    /// A matrix of zeros.
    func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        let bytes = max(1, rows * columns) * MemoryLayout<Float>.stride
        guard let base = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), base != MAP_FAILED
        else { fatalError("out of memory: \(bytes) bytes for a matrix") }
        blocks.append((base, bytes))
        return Matrix(base: base.assumingMemoryBound(to: Float.self), rows: rows, columns: columns)
    }

    /// Bytes promised, used or not.
    var bytes: Int { blocks.reduce(0) { $0 + $1.bytes } }

    deinit {
        for block in blocks { munmap(block.base, block.bytes) }
    }
}
