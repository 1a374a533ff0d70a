/// Writes prepared records: one file, or training and validation records in the order of the draw.
struct PrepareWriter: Sendable {
    let dataset: Dataset
    let survey: Survey
    let close: CloseSurvey
    let repairs: Repairs

    /// Records that are put together on one thread and written on another.
    private struct Batch: Sendable {
        var bytes: [UInt8] = []
        var count = 0

        mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
            bytes.append(contentsOf: line)
            count += 1
        }
    }

    /// Writes all records in their order; returns their number.
    func write(to file: PendingFile, work: DataWork) throws(DataError) -> Int {
        var count = 0
        try writeInOrder(choosing: RowSet(), work: work) { batch, _ throws(DataError) in
            try file.write(batch.bytes)
            count += batch.count
        }
        return count
    }

    /// Writes the chosen rows' records into one file and the others' into another, both in their order.
    func write(
        training: PendingFile, validation: PendingFile, choosing chosen: RowSet, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        var counts = (training: 0, validation: 0)
        try writeInOrder(choosing: chosen, work: work) { batch, apart throws(DataError) in
            try training.write(batch.bytes)
            try validation.write(apart.bytes)
            counts.training += batch.count
            counts.validation += apart.count
        }
        return counts
    }

    private func writeInOrder(
        choosing chosen: RowSet, work: DataWork, _ take: (_ batch: Batch, _ apart: Batch) throws(DataError) -> Void
    ) throws(DataError) {
        let (writer, reader) = (self, reader)
        try dataset.stretches(of: 0..<dataset.count, work: work) { range, work throws(DataError) -> [Batch] in
            let line = PreparedLine(repairs: writer.repairs)
            var batch = Batch()
            var apart = Batch()
            try reader.walk(range, work: work) { pair throws(DataError) in
                guard writer.keeps(pair), line.put(pair) else { return }
                if chosen.contains(pair.row) { apart.add(line.bytes) } else { batch.add(line.bytes) }
            }
            return [batch, apart]
        } _: { batches throws(DataError) in
            try take(batches[0], batches[1])
        }
    }

    /// Writes the records into two files. Their places are gathered first, then they are read in the order of the draw.
    func write(
        training: PendingFile, validation: PendingFile, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        let places = try places(work: work.stretch(0...0.3))
        let count = places.count
        let parts = Split.parts(of: count)
        var order = Split.permutation(of: count)
        order[parts.training...].sort()
        let drawn = order
        let (writer, reader, path) = (self, reader, dataset.path)
        // No batch holds records of both files.
        let ranges = [0..<parts.training, parts.training..<count].flatMap { range in
            places.cut(range) { Int(drawn[$0]) }
        }
        var written = 0
        try inStretches(ranges, work: work.stretch(0.3...1)) { range, work throws(DataError) -> Batch in
            let slots = PairSlots()
            let line = PreparedLine(repairs: writer.repairs)
            var batch = Batch()
            let source = ByteBuffer()
            for record in drawn[range] {
                try places.read(Int(record), into: source)
                // What was read before can be read again, unless somebody writes to the file.
                guard let pair = try? reader.pair(in: source.bytes, row: 0, slots), line.put(pair) else {
                    throw .changedMeanwhile(file: path)
                }
                batch.add(line.bytes)
            }
            if work.isCancelled() { throw .cancelled }
            return batch
        } _: { batch throws(DataError) in
            try (written < parts.training ? training : validation).write(batch.bytes)
            written += batch.count
        }
        return parts
    }

    // MARK: -

    private var reader: PairReader {
        PairReader(
            dataset: dataset, promptKey: survey.promptKey, completionKey: survey.completionKey,
            isCleaning: survey.isCleaned, isLooking: survey.isCleaned)
    }

    private func keeps(_ pair: Pair) -> Bool {
        FirstPass.isUsable(pair, hasNoPrompts: survey.hasNoPrompts) && !isLeftOut(pair.row)
            && !(repairs.removesLong && isLong(pair))
    }

    /// Whether a row goes, whatever it holds.
    private func isLeftOut(_ row: Int) -> Bool {
        repairs.removesDuplicates && survey.duplicates.contains(row)
            || repairs.removesNear && close.near.contains(row)
            || repairs.removesTooLong && close.tooLong.contains(row)
    }

    /// Whether a row that is not left out can only go because it is long, and has no more characters than its line has
    /// bytes: no value was put into words.
    private var onlyLongOnesGo: Bool {
        survey.usable == survey.rows && survey.converted.count == 0 && repairs.completionPrefix == 0
    }

    /// Where the lines of the records stand that are left after the repairs.
    private func places(work: DataWork) throws(DataError) -> LinePlaces {
        let (writer, reader) = (self, reader)
        var places = LinePlaces()
        let isQuick = onlyLongOnesGo
        try dataset.stretches(of: 0..<dataset.count, work: work) { range, work throws(DataError) -> LinePlaces in
            let line = PreparedLine(repairs: writer.repairs)
            var part = LinePlaces()
            guard !isQuick else {
                try writer.gather(range, into: &part, work: work)
                return part
            }
            try reader.walkLines(range, work: work) { pair, source throws(DataError) in
                if writer.keeps(pair), line.leavesSomething(of: pair) { part.add(source) }
            }
            return part
        } _: { part throws(DataError) in
            places.add(part)
        }
        return places
    }

    /// Gathers lines without reading what they hold, but for those that may be long.
    private func gather(_ range: Range<Int>, into places: inout LinePlaces, work: DataWork) throws(DataError) {
        let slots = PairSlots()
        try dataset.walk(from: range.lowerBound, work: work) { line, row throws(DataError) in
            if !isLeftOut(row) {
                let mayBeLong = repairs.removesLong && line.bytes.count > Surveyor.longLimit
                if !mayBeLong {
                    places.add(line)
                } else if let pair = try? reader.pair(in: line.bytes, row: row, slots), keeps(pair) {
                    places.add(line)
                }
            }
            return row + 1 < range.upperBound
        }
    }
}

/// The line of a prepared record, put together in the same place record after record. One thread uses it.
private final class PreparedLine {
    private static let head = Array("{\"prompt\":".utf8)
    private static let middle = Array(",\"completion\":".utf8)

    private let repairs: Repairs
    private let line = ByteBuffer()
    private let prompt = ByteBuffer()
    private let completion = ByteBuffer()

    init(repairs: Repairs) { self.repairs = repairs }

    /// With its line end; valid until the next is put.
    var bytes: UnsafeBufferPointer<UInt8> { line.bytes }

    /// Whether the repairs leave something to learn from.
    func leavesSomething(of pair: Pair) -> Bool {
        completion.count = 0
        return repairs.repair(completion: pair.completion, into: completion)
    }

    /// Puts a repaired record into a line; false when nothing is left of it.
    func put(_ pair: Pair) -> Bool {
        guard leavesSomething(of: pair) else { return false }
        prompt.count = 0
        repairs.repair(prompt: pair.prompt, into: prompt)
        line.count = 0
        line.append(Self.head)
        JSONText.encode(prompt.bytes, into: line)
        line.append(Self.middle)
        JSONText.encode(completion.bytes, into: line)
        line.append(UInt8(ascii: "}"))
        line.append(0x0a)
        return true
    }
}
