import Dispatch
import Foundation
import Synchronization
import TuneModel
import TuneStore

/// Takes jobs from the queue, one at a time, until it is empty or the worker is asked to end.
struct Worker {
    let desk: Desk
    let console: Console

    /// - Throws: `StoreError.workerRunning` when the workspace has a worker.
    func run() async throws {
        let call = EndCall()
        let queue = JobQueue(desk.workspace)
        var lock = try WorkerLock.take(in: desk.paths)
        try await queue.requeueLost()
        while true {
            while !call.isMade, let claim = try await queue.claimNext() {
                say(Wording("\(claim.job.id) begins.", "\(claim.job.id) 开始。"))
                try await JobRun(claim: claim, desk: desk, call: call).run()
                say(Wording("\(claim.job.id) is left.", "\(claim.job.id) 结束。"))
            }
            lock.release()
            if call.isMade { return }
            // Whoever queued a job while this worker still had the lock counts on it.
            if try await queue.isEmpty() { return }
            guard let again = try? WorkerLock.take(in: desk.paths, patience: 0.2) else { return }
            lock = again
        }
    }

    private func say(_ text: Wording) {
        console.say(Wording(verbatim: Date.now.formatted(.iso8601) + "  ") + text)
    }
}

/// Whether the worker was asked to end, by SIGTERM or Ctrl-C: it does so after the step that it is at.
final class EndCall: Sendable {
    private let made = Atomic(false)
    // Only kept alive; nothing touches them after init.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

    init() {
        let pair = [SIGTERM, SIGINT].map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        sources = pair
        for number in [SIGTERM, SIGINT] { signal(number, SIG_IGN) }
        for source in pair {
            source.setEventHandler { [weak self] in self?.made.store(true, ordering: .relaxed) }
            source.resume()
        }
    }

    var isMade: Bool { made.load(ordering: .relaxed) }
}
