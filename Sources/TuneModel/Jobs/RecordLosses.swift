/// How the records of a training file did when a run last learned from them, with what tells the records apart.
public struct RecordLosses: Hashable, Sendable {
    /// One for each record that the run learned from, by its row in the training file.
    public var losses: [RecordLoss]
    /// Of the content of each row: the digests of the file that was trained on, in the same order as `losses`.
    public var digests: [UInt64]

    public init(losses: [RecordLoss], digests: [UInt64]) {
        precondition(losses.count == digests.count)
        self.losses = losses
        self.digests = digests
    }

    /// The loss of each row of a file that may have been edited since; NaN where a row is not what was learned.
    ///
    /// A row that still stands in its place is found at once, one that moved by its content. Of rows with the same
    /// content, each takes a loss of its own as long as there are any.
    ///
    /// - Parameter rows: the digests of the file's rows as they are now.
    public func column(for rows: [UInt64]) -> [Float] {
        var column = [Float](repeating: .nan, count: rows.count)
        var isUsed = [Bool](repeating: false, count: losses.count)
        var unmatched: [Int] = []
        var place: [Int32] = Array(repeating: -1, count: rows.count)
        for (index, loss) in losses.enumerated() where loss.record < rows.count { place[loss.record] = Int32(index) }
        for row in rows.indices {
            let index = Int(place[row])
            if index >= 0, digests[index] == rows[row] {
                column[row] = Float(losses[index].loss)
                isUsed[index] = true
            } else {
                unmatched.append(row)
            }
        }
        guard !unmatched.isEmpty else { return column }
        var left: [UInt64: [Int]] = [:]
        for index in losses.indices.reversed() where !isUsed[index] { left[digests[index], default: []].append(index) }
        for row in unmatched {
            if let index = left[rows[row]]?.popLast() { column[row] = Float(losses[index].loss) }
        }
        return column
    }
}
