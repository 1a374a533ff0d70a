import Glibc
import Synchronization

/// Bytes that the system zeroes when they are first touched, page-aligned, given back with the last reference.
final class Memory: Sendable {
    // Written by whoever holds a matrix on it; see `Matrix`.
    nonisolated(unsafe) let base: UnsafeMutableRawPointer
    private let bytes: Int

    /// Bytes that all matrices of this process hold now, touched or not.
    static var inUse: Int { total.load(ordering: .relaxed) }
    private static let total = Atomic<Int>(0)

    /// `isHuge` asks for pages of 2 MB, which spares the CPU much looking up where all of the memory is read in turn.
    init(bytes: Int, isHuge: Bool = false) {
        self.bytes = max(1, bytes)
        guard let base = mmap(nil, self.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            base != MAP_FAILED
        else { fatalError("out of memory: \(bytes) bytes for a matrix") }
        self.base = base
        // A hint: where the system does not take it, nothing is lost but speed.
        if isHuge { madvise(base, self.bytes, MADV_HUGEPAGE) }
        Self.total.add(self.bytes, ordering: .relaxed)
    }

    deinit {
        munmap(base, bytes)
        Self.total.subtract(bytes, ordering: .relaxed)
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
