public import TuneModel

/// A file that is to be trained on, read strictly: its first fault ends the reading, told by file and line.
public enum TrainingFile {
    /// All records of a file, in order.
    ///
    /// Throws when the file has no records, a line is no record or one that cannot be trained: an empty completion, an
    /// unknown role, no assistant turn, or another shape than the first record's.
    public static func records(
        at path: String, reading options: ReadingOptions = ReadingOptions(), work: DataWork = .quiet
    ) throws(DataError) -> [Record] {
        let dataset = try Dataset(opening: path, reading: options, work: work.stretch(0...0.2))
        guard dataset.count > 0 else { throw .noRecords(file: path) }
        var records: [Record] = []
        records.reserveCapacity(dataset.count)
        try dataset.walk(work: work.stretch(0.2...1)) { line, _ throws(DataError) in
            let record = try record(of: line, in: path, dataset.columns)
            if let first = records.first, first.shape != record.shape {
                let problem = RecordProblem.otherShape(
                    expected: first.shape.rawValue, found: record.shape.rawValue)
                throw .badRecord(file: path, line: line.number, problem: problem)
            }
            records.append(record)
            return true
        }
        return records
    }

    private static func record(of line: Line, in path: String, _ columns: Columns) throws(DataError) -> Record {
        guard !line.isCut else {
            throw .lineTooLong(
                file: path, line: line.number, bytes: line.content.count, limit: LineReader.lineLimit)
        }
        let value: JSONValue
        do throws(JSONScanner.Failure) {
            value = try JSONValue(line.bytes)
            guard case .object = value else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
        } catch {
            throw .notJSON(
                file: path, line: line.number, column: error.column(in: line.bytes), problem: error.problem)
        }
        do throws(RecordProblem) {
            try RecordRules.checkTexts(of: value, columns)
            let record = try RecordParser.record(from: value, columns)
            try RecordRules.check(record)
            return record
        } catch {
            throw .badRecord(file: path, line: line.number, problem: error)
        }
    }
}
