import TuneData
import TuneModel

/// Where the records of a run stand in its training file.
struct TrainedRows: Sendable {
    /// The job's copy of the file.
    let path: String
    /// The row of each record that is learned from; some may be held out.
    let rows: [Int]

    /// What the trainer tells by record, told by row, with what finds a row again in a file that was edited.
    func losses(_ losses: [RecordLoss]) throws -> RecordLosses {
        let digests = try RowDigests.all(of: path)
        var told: [RecordLoss] = []
        told.reserveCapacity(losses.count)
        for var loss in losses where rows.indices.contains(loss.record) && digests.indices.contains(rows[loss.record]) {
            loss.record = rows[loss.record]
            told.append(loss)
        }
        return RecordLosses(losses: told, digests: told.map { digests[$0.record] })
    }
}
