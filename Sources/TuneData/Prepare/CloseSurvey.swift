import TuneModel

/// What a close look at every row of prompts and completions showed. Takes a reading of its own.
final class CloseSurvey: Sendable {
    let near: RowSet
    let tooLong: RowSet
    let findings: [Finding]

    /// Of a file that nobody looked at closely.
    static let none = CloseSurvey()

    private init() {
        near = RowSet(rows: 0)
        tooLong = RowSet(rows: 0)
        findings = []
    }

    func signature(of row: Int) -> Survey.Signature {
        var signature: Survey.Signature = []
        if near.contains(row) { signature.insert(.near) }
        if tooLong.contains(row) { signature.insert(.tooLong) }
        return signature
    }

    init(of dataset: Dataset, _ options: CheckOptions, work: DataWork) throws(DataError) {
        let look = CloseLook(at: dataset, options)
        let reader = RowRecords(of: dataset)
        var near = RowSet(rows: dataset.count)
        var tooLong = RowSet(rows: dataset.count)
        var otherAnswers = RowList()
        var records = DigestSet(expecting: dataset.count)
        var answers = DigestTable(expecting: dataset.count)
        try dataset.walk(work: work) { line, row throws(DataError) in
            guard !line.isCut, let record = reader.record(in: line) else { return true }
            let sides = RecordSides(of: record)
            let isRepeated = !records.insert(sides.whole)
            let piece = UInt32(truncatingIfNeeded: sides.answer.low)
            if !isRepeated, let question = sides.question, let first = answers.value(of: question, orSet: piece),
                first != piece
            {
                otherAnswers.add(row)
            }
            let traits = try look.look(at: line.bytes, row: row, isRepeated: isRepeated) { record }
            if traits.contains(.near) { near.insert(row) }
            if traits.contains(.tooLong) { tooLong.insert(row) }
            return true
        }
        self.near = near
        self.tooLong = tooLong
        let check = Check.otherAnswer
        findings =
            look.findings
            + (otherAnswers.count == 0
                ? []
                : [
                    Finding(
                        id: check.rawValue, severity: check.severity, summary: check.summary(otherAnswers.count),
                        rows: otherAnswers.rows, count: otherAnswers.count)
                ])
    }
}
