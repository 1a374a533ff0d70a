import Foundation
import GRDB
import TuneModel

/// Watches the workspace database for what a job tells.
struct JobFollower {
    let workspace: Workspace
    let keeper: WorkerKeeper
    let id: JobID

    /// How often the database is asked whether anything changed; asking reads one number.
    private static let pace = Duration.milliseconds(200)
    /// How many of these go by between two looks after the worker.
    private static let roundsPerLook = 10
    private static let chunk = 500

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
                    if isComplete, news.status.isFinal { return }
                }
            }
            if round % Self.roundsPerLook == 0 { try await keeper.look() }
            try await Task.sleep(for: Self.pace)
        }
    }

    /// One consistent reading of events and status, so that a final status comes with all of its events.
    private func news(after last: Int, wasKnown: Bool) async throws -> (events: [JobEvent], status: JobStatus) {
        do {
            return try await workspace.read { [id] db in
                let row = try JobTable.row(id, db)
                return (
                    try EventTable.events(of: id, after: last, limit: Self.chunk, db), JobStatus(row["status"])
                )
            }
        } catch StoreError.jobNotFound where wasKnown {
            throw StoreError.jobDeleted(id)
        }
    }
}
