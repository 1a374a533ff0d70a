public import TuneModel

/// Records of a training file set apart for validation, by what they say and a seed alone.
///
/// The same file, share and seed always give the same records, in whatever order they stand; records that are the
/// same word for word stay together, so that none is measured on what was learned.
public enum HeldOut {
    /// The rows to learn from and the rows to measure on, both in the order of the file.
    ///
    /// - Parameter share: of the records, above 0 and below 1; at least one is set apart.
    /// - Throws: `impossibleSplit` when nothing would be left on one side.
    public static func rows(
        of records: [Record], share: Double, seed: UInt64, file: String
    ) throws(DataError) -> (training: [Int], validation: [Int]) {
        let wanted = max(1, Int((Double(records.count) * share).rounded()))
        guard wanted < records.count else {
            throw .impossibleSplit(file: file, count: records.count, second: wanted)
        }
        let keys = records.map { key(of: $0, seed: seed) }
        let limit = keys.sorted()[wanted - 1]
        var training: [Int] = []
        var validation: [Int] = []
        for (row, key) in keys.enumerated() {
            if key <= limit { validation.append(row) } else { training.append(row) }
        }
        guard !training.isEmpty else {
            throw .impossibleSplit(file: file, count: records.count, second: validation.count)
        }
        return (training, validation)
    }

    /// Spread evenly over all numbers, whatever the records are.
    private static func key(of record: Record, seed: UInt64) -> UInt64 {
        var texts: [String] = [String(seed)]
        func add(_ messages: [Message]) { texts += messages.flatMap { [$0.role, $0.content] } }
        switch record {
        case .completion(let prompt, let completion): texts += [prompt, completion]
        case .chat(let messages): add(messages)
        case .preference(let input, let preferred, let rejected):
            add(input)
            add(preferred)
            add(rejected)
        }
        var bytes: [UInt8] = []
        for text in texts {
            withUnsafeBytes(of: text.utf8.count.littleEndian) { bytes += $0 }
            bytes += text.utf8
        }
        return bytes.withUnsafeBufferPointer { Digest($0).high }
    }
}
