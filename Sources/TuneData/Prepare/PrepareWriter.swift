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

    /// Writes the records into two files, in the order of the draw.
    ///
    /// A part of the draw at a time is put together in memory, from records that are read in the order of the file: to
    /// read them in the order of the draw would take a call of the system for each.
    func write(
        training: PendingFile, validation: PendingFile, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        let places = try places(work: work.stretch(0...0.2))
        let counts = Split.parts(of: places.count)
        let parts = DrawParts(of: places, training: counts.training)
        for (number, range) in parts.ranges.enumerated() {
            let share = { (part: Double) in 0.2 + 0.8 * (Double(number) + part) / Double(parts.ranges.count) }
            var records = try prepare(range, of: parts, from: places, work: work.stretch(share(0)...share(0.7)))
            let file = range.lowerBound < counts.training ? training : validation
            let drawn = records
            try inStretches(drawn.cut(bytes: Self.stretch), work: work.stretch(share(0.7)...share(1))) {
                range, _ throws(DataError) in
                drawn.bytes(range)
            } _: { bytes throws(DataError) in
                try bytes.write(to: file)
            }
            records.end()
        }
        return counts
    }

    /// Puts the records of a part of the draw together.
    private func prepare(
        _ range: Range<Int>, of parts: DrawParts, from places: LinePlaces, work: DataWork
    ) throws(DataError) -> DrawnRecords {
        let (writer, reader, path) = (self, reader, dataset.path)
        let stretches = places.cut(range, bytes: Self.stretch) { Int(parts.byPlace[$0]) }
        var records = DrawnRecords(range)
        try inStretches(stretches, work: work) { stretch, work throws(DataError) -> DrawnRecords.Piece in
            let slots = PairSlots()
            let line = PreparedLine(repairs: writer.repairs)
            var piece = DrawnRecords.Piece(expecting: Self.stretch + Self.stretch / 4)
            try places.walk(parts.byPlace[stretch]) { record, source throws(DataError) in
                // What was read before can be read again, unless somebody writes to the file.
                guard let pair = try? reader.pair(in: source, row: 0, slots), line.put(pair) else {
                    throw .changedMeanwhile(file: path)
                }
                piece.add(line.bytes, to: parts.positions[record])
            }
            if work.isCancelled() { throw .cancelled }
            return piece
        } _: { piece throws(DataError) in
            records.add(piece)
        }
        return records
    }

    /// Bytes that a thread works on at a time.
    private static let stretch = 1 << 20

    // MARK: -

    private var reader: PairReader {
        PairReader(
            dataset: dataset, promptKey: survey.promptKey, completionKey: survey.completionKey,
            isCleaning: survey.isCleaned, isLooking: survey.isCleaned)
    }

    private func keeps(_ pair: Pair) -> Bool {
        pair.isUsable(hasNoPrompts: survey.hasNoPrompts) && !isLeftOut(pair.row)
            && !(repairs.removesLong && pair.isLong)
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
        if let known = survey.places, onlyLongOnesGo { return try left(of: known) }
        let (writer, reader) = (self, reader)
        var places = LinePlaces()
        try dataset.stretches(of: 0..<dataset.count, work: work) { range, work throws(DataError) -> LinePlaces in
            let line = PreparedLine(repairs: writer.repairs)
            var part = LinePlaces()
            try reader.walkLines(range, work: work) { pair, source throws(DataError) in
                if writer.keeps(pair), line.leavesSomething(of: pair) { part.add(source) }
            }
            return part
        } _: { part throws(DataError) in
            places.add(part)
        }
        return places
    }

    /// The places of the rows that are left, of those of all rows: only lines that may be long are read.
    private func left(of all: LinePlaces) throws(DataError) -> LinePlaces {
        var places = LinePlaces()
        let slots = PairSlots()
        for row in 0..<all.count where !isLeftOut(row) {
            var isLeft = true
            if repairs.removesLong, all.bytes(of: row) > Surveyor.longLimit {
                try all.walk([Int32(row)]) { _, line throws(DataError) in
                    isLeft = (try? reader.pair(in: line, row: row, slots)).map(keeps) ?? false
                }
            }
            if isLeft { places.add(all, row) }
        }
        return places
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
