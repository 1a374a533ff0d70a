public import TuneModel

/// Looks for records to check with that were also learned from: a model that knows the answers by heart seems better
/// than it is.
public enum LeakCheck {
    /// What of `dataset` also stands in `other`, exactly or nearly; the rows are those of `dataset`.
    ///
    /// Reads both files once; memory grows with the rows of `other` by at most 100 bytes each.
    public static func findings(
        of dataset: Dataset, against other: Dataset, near: Double? = NearDuplicates.standardThreshold,
        work: DataWork = .quiet
    ) throws(DataError) -> [Finding] {
        for file in [dataset, other] where file.count == 0 { throw .noRecords(file: file.path) }
        var leaks = Leaks(in: other, near: near)
        try leaks.learn(work: work.stretch(0...0.5)) { _ in true }
        try leaks.look(at: dataset, work: work.stretch(0.5...1)) { _ in true }
        return leaks.findings
    }

    /// The same between rows of one file that were set apart and all others.
    static func findings(
        of dataset: Dataset, setApart: RowSet, near: Double?, work: DataWork
    ) throws(DataError) -> [Finding] {
        var leaks = Leaks(in: dataset, near: near)
        try leaks.learn(work: work.stretch(0...0.5)) { !setApart.contains($0) }
        try leaks.look(at: dataset, work: work.stretch(0.5...1)) { setApart.contains($0) }
        return leaks.findings
    }
}

/// The rows that were learned from, and what of others stands among them.
private struct Leaks {
    private let learned: Dataset
    private let near: Double?
    private let search: NearSearch?
    private var whole: DigestTable
    private var questions: DigestTable
    private var exact = RowList()
    private var alike = RowList()
    private var asked = RowList()
    private var looked = 0

    init(in dataset: Dataset, near: Double?) {
        learned = dataset
        self.near = near
        search = near.map { NearSearch(in: dataset, threshold: $0) }
        whole = DigestTable(expecting: dataset.count)
        questions = DigestTable(expecting: dataset.count)
    }

    mutating func learn(work: DataWork, _ isWanted: (Int) -> Bool) throws(DataError) {
        let records = RowRecords(of: learned)
        try learned.walk(work: work) { line, row throws(DataError) in
            guard isWanted(row), let record = records.record(in: line) else { return true }
            let sides = RecordSides(of: record)
            _ = whole.value(of: sides.whole, orSet: UInt32(row))
            if let question = sides.question { _ = questions.value(of: question, orSet: UInt32(row)) }
            if let search { _ = try search.match(line.bytes, row: row) }
            return true
        }
    }

    mutating func look(at dataset: Dataset, work: DataWork, _ isWanted: (Int) -> Bool) throws(DataError) {
        let records = RowRecords(of: dataset)
        let texts = RecordTexts(of: dataset)
        try dataset.walk(work: work) { line, row throws(DataError) in
            guard isWanted(row), let record = records.record(in: line) else { return true }
            looked += 1
            let sides = RecordSides(of: record)
            if whole[sides.whole] != nil {
                exact.add(row)
            } else if let search, try search.match(line.bytes, by: texts) != nil {
                alike.add(row)
            } else if let question = sides.question, questions[question] != nil {
                asked.add(row)
            }
            return true
        }
    }

    var findings: [Finding] {
        let of = looked.grouped
        var findings: [Finding] = []
        func add(_ id: String, _ severity: Finding.Severity, _ list: RowList, _ summary: (String) -> Wording) {
            guard list.count > 0 else { return }
            findings.append(
                Finding(
                    id: id, severity: severity, summary: summary(list.count.grouped), rows: list.rows, count: list.count
                ))
        }
        let records = { (list: RowList) in list.count == 1 ? "record also stands" : "records also stand" }
        add("leaked-records", .warning, exact) {
            Wording(
                "\($0) of \(of) \(records(exact)) word for word among those to learn from.",
                "\(of) 条中有 \($0) 条与训练记录完全相同。")
        }
        add("leaked-near-duplicates", .warning, alike) {
            Wording(
                "\($0) of \(of) \(records(alike)) nearly the same (\(percent(near ?? 1)) or more) among those to learn from.",
                "\(of) 条中有 \($0) 条与训练记录几乎相同（\(percent(near ?? 1)) 以上）。")
        }
        add("leaked-prompts", .note, asked) {
            Wording(
                "\($0) of \(of) \(asked.count == 1 ? "record has" : "records have") a prompt that is also learned from, with another answer.",
                "\(of) 条中有 \($0) 条的提问也出现在训练记录中，但回答不同。")
        }
        guard findings.isEmpty else { return findings }
        return [
            Finding(
                id: "no-leaks", severity: .good,
                summary: Wording(
                    "None of \(of) \(looked == 1 ? "record" : "records") stands among those to learn from.",
                    "\(of) 条记录都没有出现在训练记录中。"))
        ]
    }
}
