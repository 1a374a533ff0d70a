import TuneModel

/// A file of any number of records for measuring: those of a sample again and again, a number behind each prompt so that
/// no two are alike.
public enum BenchmarkRows {
    /// Writes the file; the sample holds prompts and completions.
    public static func write(
        _ count: Int, of sample: String, to path: String, work: DataWork = .quiet
    ) throws(DataError) {
        let dataset = try Dataset(opening: sample)
        var pairs: [(prompt: String, completion: String)] = []
        try dataset.walk { line, row throws(DataError) in
            let record = try dataset.record(of: Row(index: row, line: line, columns: dataset.columns))
            guard case .completion(let prompt, let completion) = record else {
                throw .notCompletionData(file: sample, shape: record.shape.rawValue)
            }
            pairs.append((prompt: prompt, completion: completion))
            return true
        }
        guard !pairs.isEmpty else { throw .noRecords(file: sample) }
        let file = try PendingFile(for: path)
        for row in 0..<count {
            let pair = pairs[row % pairs.count]
            let record = RecordLine.bytes(of: .completion(prompt: "\(pair.prompt) \(row)", completion: pair.completion))
            try file.write(record + [0x0a])
            if row % 10_000 == 0 { try work.checkpoint(Double(row) / Double(count)) }
        }
        try file.flush()
        guard try file.publish() else { throw .nameTaken(file: path) }
    }
}
