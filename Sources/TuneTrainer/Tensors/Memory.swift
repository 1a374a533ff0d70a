import Glibc

/// Floats that the system zeroes when they are first touched, page-aligned, given back with the last reference.
final class Memory: Sendable {
    // Written by whoever holds a matrix on it; see `Matrix`.
    nonisolated(unsafe) let base: UnsafeMutablePointer<Float>
    private let bytes: Int

    init(floats: Int) {
        bytes = max(1, floats) * MemoryLayout<Float>.stride
        guard let base = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            base != MAP_FAILED
        else { fatalError("out of memory: \(bytes) bytes for a matrix") }
        self.base = base.assumingMemoryBound(to: Float.self)
    }

    deinit {
        munmap(base, bytes)
    }
}
