import Foundation
import Synchronization
import TuneModel

/// Answers many requests at once on a thread of its own, which owns the model: requests join and leave between steps.
///
/// A step takes the next token of every answer that is being written, and some tokens of prompts that are being read, so
/// that a long prompt does not hold the others up.
final class AnswerScheduler: Sendable {
    /// How much may be at work at once.
    struct Limits: Hashable, Sendable {
        /// Answers at work; others wait for their turn.
        var answers = 16
        /// Bytes of keys and values that are kept of earlier prompts.
        var prefixBytes = 256 << 20
    }

    private let desk = Desk()

    /// Where requests are handed in.
    private final class Desk: @unchecked Sendable {
        // All guarded by `door`.
        let door = NSCondition()
        var arrivals: [LiveAnswer] = []
        var isDismissed = false
        var isRung = false
    }

    /// `open` is called once, on the scheduler's thread, when the first request comes; its error is every request's, and
    /// it is called again for the next. `check` is asked before each step.
    init(
        limits: Limits, open: @escaping @Sendable () throws(TrainerError) -> BatchedLlama,
        check: @escaping @Sendable () throws(TrainerError) -> Void
    ) {
        let thread = Thread { [desk] in
            var work = ScheduledWork(limits, open: open, check: check)
            while let arrivals = AnswerScheduler.arrivals(at: desk, waits: work.isIdle) {
                work.enter(arrivals)
                work.step()
            }
        }
        thread.name = "answers"
        thread.stackSize = 1 << 22
        thread.start()
    }

    /// What is at work is finished first.
    deinit {
        desk.door.withLock { desk.isDismissed = true }
        desk.door.signal()
    }

    func submit(_ answer: LiveAnswer) {
        desk.door.withLock { desk.arrivals.append(answer) }
        desk.door.signal()
    }

    /// Something was cancelled: look, even when nothing is at work.
    func ring() {
        desk.door.withLock { desk.isRung = true }
        desk.door.signal()
    }

    /// What has come since it was asked last; with `waits` not before something has. Nil when it is over.
    private static func arrivals(at desk: Desk, waits: Bool) -> [LiveAnswer]? {
        desk.door.lock()
        defer { desk.door.unlock() }
        while waits, desk.arrivals.isEmpty, !desk.isRung {
            if desk.isDismissed { return nil }
            desk.door.wait()
        }
        defer { (desk.arrivals, desk.isRung) = ([], false) }
        return desk.arrivals
    }
}
