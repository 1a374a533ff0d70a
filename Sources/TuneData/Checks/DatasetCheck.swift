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

    /// The findings, the gravest first. Reads the whole file once; the time grows with it, and the memory by at most
    /// 120 bytes a row.
    public static func findings(
        of dataset: Dataset, _ options: CheckOptions = CheckOptions(), work: DataWork = .quiet
    ) throws(DataError) -> [Finding] {
        try report(of: dataset, options, work: work).findings
    }

    /// The findings with all of their rows, which take a bit a row each.
    public static func report(
        of dataset: Dataset, _ options: CheckOptions = CheckOptions(), work: DataWork = .quiet
    ) throws(DataError) -> Report {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        let census = CheckCensus(of: dataset, options)
        try dataset.walk(work: work) { line, row throws(DataError) in
            try census.add(line, row: row)
            return true
        }
        let findings = (census.findings + dataset.notices).enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
        return Report(findings: findings, rows: census.rowsByFinding)
    }
}
