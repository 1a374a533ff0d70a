import Dispatch
import Foundation
import TuneData
import TuneModel

/// Ctrl-C while questions are asked in the plain terminal: work under way is stopped at its next step and cleans up
/// after itself; where only a question is open, the program says so and ends.
///
/// The lock protects `isRaised` and `isWaiting`; the source is made before and only cancelled after.
final class PromptInterruption: @unchecked Sendable {
    private let lock = NSLock()
    private var isRaised = false
    private var isWaiting = false
    private let source: any DispatchSourceSignal
    private let console: Console

    init(console: Console) {
        self.console = console
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { [weak self] in self?.raise() }
        source.resume()
    }

    deinit {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }

    /// Work that Ctrl-C stops, with its progress in place.
    func work(_ title: Wording) -> DataWork {
        let console = console
        let gauge = Gauge(title: title, console: console)
        return DataWork(
            report: { gauge.show($0) },
            isCancelled: { [self] in lock.withLock { isRaised } })
    }

    /// Runs something that waits for the person and has nothing to clean up.
    func whileWaiting<Result>(_ body: () -> Result) -> Result {
        lock.withLock { isWaiting = true }
        defer { lock.withLock { isWaiting = false } }
        return body()
    }

    private func raise() {
        let ends = lock.withLock {
            isRaised = true
            return isWaiting
        }
        guard ends else { return }
        console.write("\n" + Explanation(of: DataError.cancelled).text(in: console.language) + "\n", to: .errors)
        exit(ExitStatus.interrupted.rawValue)
    }
}

/// The progress of work on a file, rewritten in place; shown only once it takes a moment.
///
/// The lock protects `start` and `percent`.
final class Gauge: @unchecked Sendable {
    private let lock = NSLock()
    private let start = Date()
    private var percent = -1
    private let title: Wording
    private let console: Console

    init(title: Wording, console: Console) {
        self.title = title
        self.console = console
    }

    func show(_ share: Double) {
        guard console.isNarrationLive else { return }
        lock.withLock {
            let now = Int(share * 100)
            guard now != percent, -start.timeIntervalSinceNow > 0.3 else { return }
            percent = now
            if now >= 100 { console.clearLine() } else { console.rewrite("\(title[console.language])  \(now) %") }
        }
    }
}
