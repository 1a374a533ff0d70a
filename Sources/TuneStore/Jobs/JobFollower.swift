import Foundation
import GRDB
import TuneModel

/// Watches the workspace database for what a job tells.
struct JobFollower: Sendable {
    let workspace: Workspace
    let id: JobID
    let side: JobTable.Side
    /// Whether nothing more will come, by the job's row.
    let isOver: @Sendable (Row) -> Bool
    /// Looks after whoever writes the job's events; what it throws ends the following.
    let look: @Sendable () async throws -> Void
    /// How many turns of the pace go by between two looks.
    let roundsPerLook: Int

    /// How often the database is asked whether anything changed; asking reads one number.
    private static let pace = Duration.milliseconds(200)
    private static let chunk = 500

    /// Of a job of this machine, whose worker is looked after.
    init(workspace: Workspace, keeper: WorkerKeeper, id: JobID) {
        self.init(
            workspace: workspace, id: id, side: .local, isOver: { JobStatus($0["status"]).isFinal },
            look: { try await keeper.look() }, roundsPerLook: 10)
    }

    init(
        workspace: Workspace, id: JobID, side: JobTable.Side, isOver: @escaping @Sendable (Row) -> Bool,
        look: @escaping @Sendable () async throws -> Void, roundsPerLook: Int
    ) {
        self.workspace = workspace
        self.id = id
        self.side = side
        self.isOver = isOver
        self.look = look
        self.roundsPerLook = roundsPerLook
    }

    /// Chunks of events after `last`; ends when the job has ended and all were delivered.
    func stream(after last: Int) -> AsyncThrowingStream<[JobEvent], any Error> {
        let (stream, tap) = AsyncThrowingStream<[JobEvent], any Error>.makeStream()
        let work = Task {
            do {
                try await deliver(after: last, to: tap)
                tap.finish()
            } catch is CancellationError {
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    private func deliver(
        after first: Int, to tap: AsyncThrowingStream<[JobEvent], any Error>.Continuation
    ) async throws {
        let watch = try DatabaseWatch(workspace)
        var last = first
        var isKnown = false
        for round in 0... {
            // The version is read before the events, so that a change in between is seen in the next round.
            if try watch.hasChanged() {
                var isComplete = false
                while !isComplete {
                    let news = try await news(after: last, wasKnown: isKnown)
                    isKnown = true
                    if !news.events.isEmpty { tap.yield(news.events) }
                    last = news.events.last?.id ?? last
                    isComplete = news.events.count < Self.chunk
                    if isComplete, news.isOver { return }
                }
            }
            if round % roundsPerLook == 0 { try await look() }
            try await Task.sleep(for: Self.pace)
        }
    }

    /// One consistent reading of events and status, so that a final status comes with all of its events.
    private func news(after last: Int, wasKnown: Bool) async throws -> (events: [JobEvent], isOver: Bool) {
        do {
            return try await workspace.read { [self] db in
                let row = try JobTable.row(id, of: side, db)
                // A job of a service may have got another id since the following began.
                let id = JobID(row["id"]) ?? id
                return (try EventTable.events(of: id, after: last, limit: Self.chunk, db), isOver(row))
            }
        } catch StoreError.jobNotFound where wasKnown {
            throw StoreError.jobDeleted(id)
        }
    }
}
