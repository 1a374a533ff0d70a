import Foundation

/// The right to be the one worker of a workspace.
public final class WorkerLock: Sendable {
    private let lock: FileLock

    private init(_ lock: FileLock) { self.lock = lock }

    /// Takes the lock; waits a little, because others look at it in passing.
    ///
    /// - Throws: `workerRunning` when another worker has it.
    public static func take(in paths: Paths, patience seconds: Double = 1) throws(StoreError) -> WorkerLock {
        let end = Date.now.addingTimeInterval(seconds)
        while true {
            if let lock = try FileLock.trying(at: paths.workerLock) {
                lock.write("\(getpid())\n")
                return WorkerLock(lock)
            }
            if Date.now >= end { throw .workerRunning(pid: holder(in: paths)) }
            usleep(20_000)
        }
    }

    /// Whether a worker is alive.
    public static func isHeld(in paths: Paths) -> Bool { FileLock.isHeld(at: paths.workerLock) }

    /// The process id that the last holder wrote down.
    public static func holder(in paths: Paths) -> Int? {
        let text = try? String(contentsOfFile: paths.workerLock, encoding: .utf8)
        return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Gives the lock back; a second time does nothing.
    public func release() { lock.release() }
}
