/// A GGUF file with the numbers of some tensors of another one replaced, and all else as it was.
struct GGUFRevision {
    let original: GGUFFile

    /// Writes the file so that it is whole or absent. `replacement` gives a tensor's new rows in the order of the file,
    /// each as f32 of its own; nil keeps the tensor's bytes.
    func write(to path: String, replacement: (GGUFTensor) -> [UnsafeRawBufferPointer]?) throws(TrainerError) {
        let header = original.header
        var head: [UInt8] = []
        func put(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { head += $0 } }
        head += Array("GGUF".utf8)
        put(UInt32(3))
        put(UInt64(original.tensors.count))
        put(UInt64(header.metadata.count))
        head += original.file.bytes[header.metadataRange]

        var bodies: [[UnsafeRawBufferPointer]] = []
        var offset = 0
        for tensor in original.tensors {
            let rows = replacement(tensor)
            let body = rows ?? [original.bytes(of: tensor)]
            let name = Array(tensor.name.utf8)
            put(UInt64(name.count))
            head += name
            put(UInt32(tensor.shape.count))
            for size in tensor.shape.reversed() { put(UInt64(size)) }
            put((rows == nil ? tensor.type : .f32).rawValue)
            put(UInt64(offset))
            bodies.append(body)
            offset = aligned(offset + body.reduce(0) { $0 + $1.count })
        }
        head += [UInt8](repeating: 0, count: aligned(head.count) - head.count)

        let padding = [UInt8](repeating: 0, count: header.alignment)
        let result = head.withUnsafeBytes { head in
            padding.withUnsafeBytes { padding in
                Result { () throws(TrainerError) in
                    let parts = bodies.flatMap { body in
                        let count = body.reduce(0) { $0 + $1.count }
                        return body + [UnsafeRawBufferPointer(rebasing: padding.prefix(aligned(count) - count))]
                    }
                    try AtomicFile.write([head] + parts, to: path)
                }
            }
        }
        try result.get()
    }

    private func aligned(_ offset: Int) -> Int {
        (offset + original.header.alignment - 1) / original.header.alignment * original.header.alignment
    }
}
