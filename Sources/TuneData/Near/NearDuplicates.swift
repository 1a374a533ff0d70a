/// Rows that say nearly the same as an earlier one.
public enum NearDuplicates {
    /// The share of 5-grams in common from which two records are nearly the same, unless told otherwise.
    public static let standardThreshold = NearIndex.standardThreshold
    /// What may be told.
    public static let thresholds = NearIndex.thresholds

    /// For each row that is nearly the same as an earlier one, that earlier one; exact copies are among them.
    ///
    /// Reads the file once; the time grows with it, the memory by 60 bytes a row.
    public static func pairs(
        in dataset: Dataset, threshold: Double = standardThreshold, work: DataWork = .quiet
    ) throws(DataError) -> [(row: Int, earlier: Int)] {
        let search = NearSearch(in: dataset, threshold: threshold)
        var pairs: [(row: Int, earlier: Int)] = []
        try dataset.walk(work: work) { line, row throws(DataError) in
            if !line.isCut, let earlier = try search.match(line.bytes, row: row) { pairs.append((row, earlier)) }
            return true
        }
        return pairs
    }
}
