/// Writes prepared records: one file, or training and validation records in the order of the draw.
struct PrepareWriter {
    let dataset: Dataset
    let survey: Survey
    let close: CloseSurvey
    let repairs: Repairs

    /// Bytes of the lines written, by record; kept only when they are to be drawn from.
    private final class LineEnds { var ends: [Int] = [] }

    /// Writes all records in their order; returns their number.
    func write(to file: PendingFile, work: DataWork) throws(DataError) -> Int {
        try write(ends: nil, work: work) { _ in file }
    }

    /// Writes the chosen rows' records into one file and the others' into another, both in their order.
    func write(
        training: PendingFile, validation: PendingFile, choosing chosen: RowSet, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        var apart = 0
        let count = try write(ends: nil, work: work) { row in
            guard chosen.contains(row) else { return training }
            apart += 1
            return validation
        }
        return (count - apart, apart)
    }

    /// Writes the records into two files. They are first written in their order, then drawn from there.
    func write(
        training: PendingFile, validation: PendingFile, work: DataWork
    ) throws(DataError) -> (training: Int, validation: Int) {
        let whole = try PendingFile(for: training.path)
        let lines = LineEnds()
        let count = try write(ends: lines, work: work.stretch(0...0.6)) { _ in whole }
        let source = try whole.reader()
        let order = Split.permutation(of: count)
        let parts = Split.parts(of: count)
        let rest = order[parts.training...].sorted()
        let buffer = ByteBuffer()
        for (place, record) in (order[..<parts.training] + rest).enumerated() {
            let range = (record == 0 ? 0 : lines.ends[Int(record) - 1])..<lines.ends[Int(record)]
            buffer.count = 0
            buffer.reserve(range.count)
            let room = UnsafeMutableRawBufferPointer(start: buffer.start, count: range.count)
            guard try source.read(at: range.lowerBound, into: room) == range.count else {
                throw .changedMeanwhile(file: dataset.path)
            }
            buffer.count = range.count
            try (place < parts.training ? training : validation).write(buffer.bytes)
            if place % 4096 == 0 { try work.checkpoint(0.6 + 0.4 * Double(place) / Double(count)) }
        }
        return parts
    }

    // MARK: -

    private func write(
        ends: LineEnds?, work: DataWork, _ file: (_ row: Int) -> PendingFile
    ) throws(DataError) -> Int {
        let reader = PairReader(
            dataset: dataset, promptKey: survey.promptKey, completionKey: survey.completionKey,
            isCleaning: survey.isCleaned, isLooking: survey.isCleaned)
        let line = ByteBuffer()
        let prompt = ByteBuffer()
        let completion = ByteBuffer()
        let head = Array("{\"prompt\":".utf8)
        let middle = Array(",\"completion\":".utf8)
        var count = 0
        try reader.walk(work: work) { pair throws(DataError) in
            guard FirstPass.isUsable(pair, hasNoPrompts: survey.hasNoPrompts),
                !(repairs.removesDuplicates && survey.duplicates.contains(pair.row)),
                !(repairs.removesNear && close.near.contains(pair.row)),
                !(repairs.removesTooLong && close.tooLong.contains(pair.row)),
                !(repairs.removesLong && isLong(pair))
            else { return }
            completion.count = 0
            guard repairs.repair(completion: pair.completion, into: completion) else { return }
            prompt.count = 0
            repairs.repair(prompt: pair.prompt, into: prompt)
            line.count = 0
            line.append(head)
            JSONText.encode(prompt.bytes, into: line)
            line.append(middle)
            JSONText.encode(completion.bytes, into: line)
            line.append(UInt8(ascii: "}"))
            line.append(0x0a)
            let file = file(pair.row)
            try file.write(line.bytes)
            ends?.ends.append(file.count)
            count += 1
        }
        return count
    }
}
