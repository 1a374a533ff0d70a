import Dispatch
import Foundation
import Synchronization
import TuneModel

/// The person pressed Ctrl-C; what was to be said has been said.
struct Interrupted: Error {}

/// Does work that Ctrl-C and SIGTERM cancel instead of ending the process at once.
///
/// - Throws: `Interrupted` when that happened.
func interruptible<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
    let task = Task { try await work() }
    let wasInterrupted = Atomic(false)
    let sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            wasInterrupted.store(true, ordering: .relaxed)
            task.cancel()
        }
        source.resume()
        return source
    }
    defer {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    let result = await task.result
    if wasInterrupted.load(ordering: .relaxed) { throw Interrupted() }
    return try result.get()
}
