/// Writes tensors to a file one after the other, a few rows at a time.
struct TensorStream {
    let draft: AtomicFile.Draft
    let team: Team
    /// Called with the bytes written so far; true stops the export.
    let shouldStop: (Int) -> Bool
    private(set) var written = 0

    /// Numbers that are in memory at a time.
    private static let chunk = 1 << 22

    init(_ draft: AtomicFile.Draft, on team: Team, shouldStop: @escaping (Int) -> Bool) {
        self.draft = draft
        self.team = team
        self.shouldStop = shouldStop
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(TrainerError) {
        try draft.append(bytes)
        written += bytes.count
        if shouldStop(written) { throw .export(path: draft.path, .stopped) }
    }

    mutating func append(_ bytes: [UInt8]) throws(TrainerError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(TrainerError) in try append(bytes) }
        }
        try result.get()
    }

    /// Writes a tensor's merged numbers as `type`, with the rows of q and k as llama.cpp has them if
    /// `isInterleaved`.
    mutating func append(
        _ tensor: MergedTensor, as type: TensorType, isInterleaved: Bool = false
    ) throws(TrainerError) {
        let headSize = isInterleaved ? tensor.headSize : nil
        // Whole heads at a time, because rows change places within them.
        let unit = headSize ?? 1
        let step = min(tensor.rows, max(1, Self.chunk / tensor.columns / unit) * unit)
        let floats = Matrix(zeros: step, tensor.columns)
        let rowBytes = type.rowBytes(tensor.columns)
        let bytes = Memory(bytes: step * rowBytes)
        for first in stride(from: 0, to: tensor.rows, by: step) {
            let count = min(step, tensor.rows - first)
            tensor.read(first..<first + count, into: floats, on: team)
            try check(floats[rows: 0..<count], of: tensor, as: type)
            team.split(count, grain: 16) { rows in
                for row in rows {
                    let source = headSize.map { Self.used(row, headSize: $0) } ?? row
                    Quantize.store(
                        UnsafeBufferPointer(start: floats.row(source), count: tensor.columns), as: type,
                        into: bytes.base + row * rowBytes)
                }
            }
            try append(UnsafeRawBufferPointer(start: bytes.base, count: count * rowBytes))
        }
    }

    /// The row that is kept as `place` in a GGUF file; the inverse of `StoredTensor.RowOrder.place`.
    static func used(_ place: Int, headSize: Int) -> Int {
        let (head, inner) = (place / headSize, place % headSize)
        return head * headSize + inner % 2 * (headSize / 2) + inner / 2
    }

    private func check(_ floats: Matrix, of tensor: MergedTensor, as type: TensorType) throws(TrainerError) {
        let limit = Quantize.limit(of: type)
        var tops = [Float](repeating: 0, count: floats.rows)
        tops.withUnsafeMutableBufferPointer { tops in
            nonisolated(unsafe) let tops = tops
            team.split(floats.rows, grain: 16) { rows in
                for row in rows {
                    var top: Float = 0
                    for value in UnsafeBufferPointer(start: floats.row(row), count: floats.columns) {
                        // What is no number must not be lost in a comparison.
                        top = abs(value) <= top ? top : abs(value)
                        if top.isNaN { break }
                    }
                    tops[row] = top
                }
            }
        }
        guard tops.allSatisfy(\.isFinite) else { throw .export(path: draft.path, .notFinite(tensor: tensor.gguf)) }
        guard tops.allSatisfy({ $0 <= limit }) else {
            throw .export(path: draft.path, .outOfRange(tensor: tensor.gguf, type))
        }
    }
}
