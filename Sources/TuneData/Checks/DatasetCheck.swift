public import TuneModel

/// Looks a dataset over and tells what would train badly or not at all.
public enum DatasetCheck {
    /// The findings, the gravest first. Reads the whole file once; memory grows by 40 bytes a row.
    public static func findings(of dataset: Dataset, work: DataWork = .quiet) throws(DataError) -> [Finding] {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        let census = CheckCensus(shape: dataset.shape, columns: dataset.columns)
        try dataset.walk(work: work) { line, row throws(DataError) in
            census.add(line, row: row)
            return true
        }
        return (census.findings + dataset.notices).enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
    }
}
