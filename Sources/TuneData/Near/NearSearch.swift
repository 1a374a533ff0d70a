/// Looks, row by row, for an earlier row that says nearly the same. One thread uses it.
///
/// Rows that are like an earlier one are compared with that one only, so that a chain of small changes does not make
/// two ends alike.
final class NearSearch {
    private static let cacheLimit = 2048

    private let dataset: Dataset
    private let texts: RecordTexts
    private var index: NearIndex
    private let sketch = ShingleSketch()
    private let other = ShingleSketch()
    /// Sets of rows compared lately, in two generations.
    private var young: [Int: ShingleSet] = [:]
    private var old: [Int: ShingleSet] = [:]

    init(in dataset: Dataset, threshold: Double) {
        self.dataset = dataset
        texts = RecordTexts(of: dataset)
        index = NearIndex(rows: dataset.count, threshold: threshold)
    }

    /// The row found before that a line is nearly the same as; nil when there is none, and the line's row is found from
    /// now on.
    func match(_ line: UnsafeBufferPointer<UInt8>, row: Int) throws(DataError) -> Int? {
        if let found = try match(line, by: texts) { return found }
        index.insert(sketch, row: row)
        return nil
    }

    /// The same for a line of any file, which is not kept.
    func match(_ line: UnsafeBufferPointer<UInt8>, by texts: RecordTexts) throws(DataError) -> Int? {
        sketch.begin()
        texts.forEach(in: line) { sketch.add($0) }
        sketch.end()
        let candidates = index.candidates(for: sketch)
        guard !candidates.isEmpty else { return nil }
        other.begin(keepingSet: true, expecting: sketch.count)
        texts.forEach(in: line) { other.add($0) }
        other.end()
        let mine = other.set
        for row in candidates {
            let likeness = mine.likeness(to: try set(of: row))
            if likeness >= index.threshold { return row }
        }
        return nil
    }

    // MARK: -

    private func set(of row: Int) throws(DataError) -> ShingleSet {
        if let known = young[row] { return known }
        if let known = old[row] {
            young[row] = known
            return known
        }
        other.begin(keepingSet: true, expecting: sketch.count)
        try dataset.walk(from: row) { line, _ throws(DataError) in
            texts.forEach(in: line.bytes) { other.add($0) }
            return false
        }
        other.end()
        let set = other.set
        if young.count >= Self.cacheLimit {
            old = young
            young = [:]
        }
        young[row] = set
        return set
    }
}
