import GRDB
import TuneModel

/// The order in which queued jobs run.
enum QueueTable {
    /// Moves a queued job; the others keep their order.
    ///
    /// - Throws: `jobNotQueued` for this job, or for the one that it is to stand before.
    static func move(_ id: JobID, to move: QueueMove, _ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, place FROM jobs WHERE status = 'queued' AND service IS NULL ORDER BY place, number")
        var order = rows.map { $0["id"] as String }
        guard let here = order.firstIndex(of: id.text) else {
            throw StoreError.jobNotQueued(id, try JobTable.job(id, db).status)
        }
        order.remove(at: here)
        let there: Int
        switch move {
        case .top: there = 0
        case .bottom: there = order.count
        case .up: there = max(0, here - 1)
        case .down: there = min(order.count, here + 1)
        case .before(let other):
            if other == id { return }
            guard let index = order.firstIndex(of: other.text) else {
                throw StoreError.jobNotQueued(other, try JobTable.job(other, db).status)
            }
            there = index
        }
        order.insert(id.text, at: there)
        // The places that are taken anyway are dealt out anew, so that a job queued later still comes last.
        let places = rows.map { $0["place"] as Int }
        for (place, job) in zip(places, order) {
            try db.execute(sql: "UPDATE jobs SET place = ? WHERE id = ?", arguments: [place, job])
        }
    }
}
