import Synchronization

/// Buffers that are used again by whoever reads next: to clear fresh memory costs more than to read into it.
enum BufferPool {
    private static let spare = Mutex<[Spare]>([])
    /// More than that lie idle nowhere.
    private static let (mostBuffers, mostBytes) = (32, 4 << 20)

    /// A buffer that nobody uses.
    private struct Spare: @unchecked Sendable {
        let buffer: ByteBuffer
    }

    /// An empty buffer of any capacity.
    static func take() -> ByteBuffer {
        let buffer = spare.withLock { $0.popLast() }?.buffer ?? ByteBuffer()
        buffer.count = 0
        return buffer
    }

    /// Gives a buffer back, of which the caller keeps nothing.
    static func give(_ buffer: ByteBuffer) {
        guard buffer.capacity <= mostBytes else { return }
        let returned = Spare(buffer: buffer)
        spare.withLock { if $0.count < mostBuffers { $0.append(returned) } }
    }
}
