/// How a job did on the rows of a dataset, as they are now.
public struct LossColumn: Hashable, Sendable {
    /// The job's name for people.
    public let job: String
    /// By row; NaN where the row is not what the job learned from.
    public private(set) var losses: [Float]
    /// Every row, the worst learned first, those without a loss last and in their own order.
    public private(set) var worstFirst: [Int32]

    /// Sorts; not for the main actor when there are many rows.
    public init(job: String, losses: [Float]) {
        self.job = job
        self.losses = losses
        let known = losses.indices.filter { !losses[$0].isNaN }.sorted {
            losses[$0] == losses[$1] ? $0 < $1 : losses[$0] > losses[$1]
        }
        worstFirst = (known + losses.indices.filter { losses[$0].isNaN }).map { Int32($0) }
    }

    /// The loss of a row; nil where there is none.
    public subscript(row: Int) -> Float? {
        losses.indices.contains(row) && !losses[row].isNaN ? losses[row] : nil
    }

    /// A row was written: what was learned from it is not what it says now. It keeps its place among the others.
    mutating func forget(_ row: Int) {
        while losses.count <= row {
            worstFirst.append(Int32(losses.count))
            losses.append(.nan)
        }
        losses[row] = .nan
    }
}
