import Glibc

/// Bytes that the system zeroes when they are first touched, page-aligned, given back with the last reference.
final class Memory: Sendable {
    // Written by whoever holds a matrix on it; see `Matrix`.
    nonisolated(unsafe) let base: UnsafeMutableRawPointer
    private let bytes: Int

    init(bytes: Int) {
        self.bytes = max(1, bytes)
        guard let base = mmap(nil, self.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            base != MAP_FAILED
        else { fatalError("out of memory: \(bytes) bytes for a matrix") }
        self.base = base
    }

    deinit {
        munmap(base, bytes)
    }
}

/// Numbers of one type, zeros at first, in memory that lives as long as the last copy; like `Matrix`, but not of Float.
struct Buffer<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
    let count: Int
    private let memory: Memory

    init(zeros count: Int) {
        memory = Memory(bytes: count * MemoryLayout<Element>.stride)
        base = memory.base.bindMemory(to: Element.self, capacity: max(1, count))
        self.count = count
    }
}
