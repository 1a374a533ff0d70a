import Foundation
import GRDB
import Synchronization

/// Sees to it that work has a worker: whoever looks at the jobs looks after the worker, too.
///
/// So no job is «running» for ever: one whose worker died is put back into the queue by the next reader.
final class WorkerKeeper: Sendable {
    private struct State {
        var lastLaunch: ContinuousClock.Instant?
        /// Launches after which no worker was seen alive.
        var vainLaunches = 0
    }

    private let workspace: Workspace
    private let launcher: WorkerLauncher
    private let patience: Duration
    private let state = Mutex(State())

    /// - Parameter patience: what a worker needs from its start to its lock.
    init(_ workspace: Workspace, _ launcher: WorkerLauncher, patience: Duration = .seconds(3)) {
        self.workspace = workspace
        self.launcher = launcher
        self.patience = patience
    }

    /// Starts a worker when jobs wait for one and none is alive.
    ///
    /// - Throws: `workerCannotStart`, and `workerKeepsDying` when three in a row were never seen alive.
    func look() async throws {
        let open = try await workspace.read { db in
            try Int.fetchOne(
                db, sql: "SELECT COUNT(*) FROM jobs WHERE status IN ('queued', 'running') AND service IS NULL") ?? 0
        }
        let paths = workspace.paths
        if open == 0 || WorkerLock.isHeld(in: paths) {
            state.withLock { $0.vainLaunches = 0 }
            return
        }
        // With the lock in hand nobody works: what still says it runs, does not.
        if let lock = try? WorkerLock.take(in: paths, patience: 0) {
            defer { lock.release() }
            try await JobQueue(workspace).requeueLost()
        }
        let isDue = try state.withLock { state in
            let now = ContinuousClock.now
            if let last = state.lastLaunch, now - last < patience { return false }
            if state.vainLaunches >= 3 { throw StoreError.workerKeepsDying(log: paths.workerLog) }
            state.lastLaunch = now
            state.vainLaunches += 1
            return true
        }
        if isDue { try launcher.launch(paths) }
    }
}
