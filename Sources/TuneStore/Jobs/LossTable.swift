import Foundation
import GRDB
import TuneModel

/// The table of the losses of records: one blob a job.
///
/// A record takes 28 bytes, little-endian: digest (8), row, loss as an f32, tokens, right, step (4 each).
enum LossTable {
    private static let stride = 28

    static func replace(_ losses: RecordLosses, of id: JobID, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO losses (job, records, detail) VALUES (?, ?, ?)",
            arguments: [id.text, losses.losses.count, pack(losses)])
    }

    /// Nil when the job has not written any.
    static func losses(of id: JobID, _ db: Database) throws -> RecordLosses? {
        try Data.fetchOne(db, sql: "SELECT detail FROM losses WHERE job = ?", arguments: [id.text]).map(unpack)
    }

    /// The job that was the last to succeed on a training file and to tell the losses of its records.
    static func newest(on file: String, _ db: Database) throws -> Job? {
        try String.fetchOne(
            db,
            sql: """
                SELECT jobs.id FROM jobs JOIN losses ON losses.job = jobs.id
                WHERE training_file = ? AND status = 'succeeded' AND service IS NULL
                ORDER BY finished_at DESC, number DESC LIMIT 1
                """, arguments: [file]
        ).flatMap(JobID.init).map { try JobTable.job($0, db) }
    }

    static func pack(_ losses: RecordLosses) -> Data {
        var data = Data(count: losses.losses.count * stride)
        data.withUnsafeMutableBytes { bytes in
            for (index, (loss, digest)) in zip(losses.losses, losses.digests).enumerated() {
                let at = index * stride
                bytes.storeBytes(of: digest.littleEndian, toByteOffset: at, as: UInt64.self)
                let words = [
                    UInt32(clamping: loss.record), Float(loss.loss).bitPattern, UInt32(clamping: loss.tokens),
                    UInt32(clamping: loss.right), UInt32(clamping: loss.step),
                ]
                for (place, word) in words.enumerated() {
                    bytes.storeBytes(of: word.littleEndian, toByteOffset: at + 8 + 4 * place, as: UInt32.self)
                }
            }
        }
        return data
    }

    /// What is left over at the end belongs to no record and is not read.
    static func unpack(_ data: Data) -> RecordLosses {
        let count = data.count / stride
        var losses: [RecordLoss] = []
        var digests: [UInt64] = []
        losses.reserveCapacity(count)
        digests.reserveCapacity(count)
        data.withUnsafeBytes { bytes in
            func word(_ at: Int) -> UInt32 {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
            }
            for index in 0..<count {
                let at = index * stride
                digests.append(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
                losses.append(
                    RecordLoss(
                        record: Int(word(at + 8)), loss: Double(Float(bitPattern: word(at + 12))),
                        tokens: Int(word(at + 16)), right: Int(word(at + 20)), step: Int(word(at + 24))))
            }
        }
        return RecordLosses(losses: losses, digests: digests)
    }
}
