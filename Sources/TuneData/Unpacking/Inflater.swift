import CZlib

/// zlib's inflate, fed and emptied a buffer at a time. One thread uses it.
final class Inflater {
    enum Form {
        /// With the head and the checksum of gzip.
        case gzip
        /// Nothing but packed data, as inside of zip files.
        case raw
    }

    enum State { case more, end, corrupt, wrongChecksum }

    /// Bytes taken and given in one step, and what comes next.
    struct Step {
        let used: Int
        let made: Int
        let state: State
    }

    /// zlib remembers the address of its stream, so that it may not move.
    private let stream: UnsafeMutablePointer<z_stream>

    init(_ form: Form) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let window = form == .gzip ? 15 + 16 : -15
        let status = inflateInit2_(stream, Int32(window), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        // It fails only without memory, or with another library than the one it was built for.
        precondition(status == Z_OK, "zlib cannot be used")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Begins anew, for the next member of a gzip file.
    func restart() { inflateReset(stream) }

    /// Unpacks as much of `input` as fits into `room`.
    func step(_ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>) -> Step {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = UInt32(room.count)
        let status = inflate(stream, Z_NO_FLUSH)
        let used = input.count - Int(stream.pointee.avail_in)
        let made = room.count - Int(stream.pointee.avail_out)
        let state: State =
            switch status {
            case Z_OK, Z_BUF_ERROR: .more
            case Z_STREAM_END: .end
            default: isCheck ? .wrongChecksum : .corrupt
            }
        return Step(used: used, made: made, state: state)
    }

    private var isCheck: Bool {
        guard let message = stream.pointee.msg else { return false }
        let text = String(cString: message)
        return text == "incorrect data check" || text == "incorrect length check"
    }
}

/// The CRC-32 of zip files, taken piece by piece.
struct Checksum {
    private(set) var value: UInt32 = 0

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        value = UInt32(truncatingIfNeeded: crc32(UInt(value), bytes.baseAddress, UInt32(bytes.count)))
    }
}
