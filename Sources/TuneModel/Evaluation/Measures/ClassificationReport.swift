/// How records were sorted into classes, as scikit-learn's report has it.
public struct ClassificationReport: Hashable, Codable, Sendable {
    public struct Row: Hashable, Codable, Sendable {
        public let label: String
        /// 0 to 1 each; 0 where it cannot be told.
        public let precision: Double
        public let recall: Double
        public let f1: Double
        /// Records that belong to the class.
        public let support: Int
    }

    /// Means over the classes.
    public struct Average: Hashable, Codable, Sendable {
        public let precision: Double
        public let recall: Double
        public let f1: Double
    }

    public let rows: [Row]
    /// For each class a row: how many of its records were taken for each class, and last for none.
    public let matrix: [[Int]]
    /// Share of records that were given their class, 0 to 1.
    public let accuracy: Double
    /// Every class counts the same that a record belongs to or was taken for.
    public let macro: Average
    /// Every record counts the same.
    public let weighted: Average

    /// - Parameter matrix: for each class a row, as `matrix` has it.
    public init(_ labels: [String], matrix: [[Int]]) {
        precondition(matrix.count == labels.count && matrix.allSatisfy { $0.count == labels.count + 1 })
        self.matrix = matrix
        rows = labels.indices.map { index in
            let right = Double(matrix[index][index])
            let taken = Double(matrix.reduce(0) { $0 + $1[index] })
            let support = matrix[index].reduce(0, +)
            let precision = taken > 0 ? right / taken : 0
            let recall = support > 0 ? right / Double(support) : 0
            return Row(
                label: labels[index], precision: precision, recall: recall,
                f1: precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0, support: support)
        }
        let count = Double(rows.reduce(0) { $0 + $1.support })
        accuracy = count > 0 ? Double(labels.indices.reduce(0) { $0 + matrix[$1][$1] }) / count : 0
        let taken = labels.indices.map { index in matrix.reduce(0) { $0 + $1[index] } }
        let met = zip(rows, taken).filter { $0.support > 0 || $1 > 0 }.map(\.0)
        macro = Self.average(met) { _ in 1 }
        weighted = Self.average(rows) { Double($0.support) }
    }

    /// - Parameter pairs: for each record its class, and the one it was taken for; nil for none.
    public init(_ labels: [String], _ pairs: some Sequence<(expected: Int, answer: Int?)>) {
        var matrix = [[Int]](repeating: [Int](repeating: 0, count: labels.count + 1), count: labels.count)
        for pair in pairs { matrix[pair.expected][pair.answer ?? labels.count] += 1 }
        self.init(labels, matrix: matrix)
    }

    private static func average(_ rows: [Row], weight: (Row) -> Double) -> Average {
        let whole = rows.reduce(0) { $0 + weight($1) }
        func mean(_ value: (Row) -> Double) -> Double {
            whole > 0 ? rows.reduce(0) { $0 + weight($1) * value($1) } / whole : 0
        }
        return Average(precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1))
    }
}
