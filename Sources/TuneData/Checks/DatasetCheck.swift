public import TuneModel

/// Looks a dataset over and tells what would train badly or not at all.
public enum DatasetCheck {
    /// What a check saw.
    public struct Report: Sendable {
        /// The gravest first.
        public let findings: [Finding]
        /// All rows of each finding that is about rows, by its id; a finding itself names a thousand at most.
        public let rows: [String: RowSet]
    }

    /// The findings, the gravest first. Reads the whole file once; memory grows by 40 bytes a row.
    public static func findings(of dataset: Dataset, work: DataWork = .quiet) throws(DataError) -> [Finding] {
        try report(of: dataset, work: work).findings
    }

    /// The findings with all of their rows, which take a bit a row each.
    public static func report(of dataset: Dataset, work: DataWork = .quiet) throws(DataError) -> Report {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        let census = CheckCensus(shape: dataset.shape, columns: dataset.columns)
        try dataset.walk(work: work) { line, row throws(DataError) in
            census.add(line, row: row)
            return true
        }
        let findings = (census.findings + dataset.notices).enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
        return Report(findings: findings, rows: census.rowsByFinding)
    }
}
