@preconcurrency import Dispatch
import Foundation
import Synchronization
import TuneCanvas

/// Says when keys are waiting, and reads none of them.
///
/// After each word it pauses until `rearm`, since the bytes stay readable until the main actor has taken them.
nonisolated final class StdinSource: Sendable {
    private enum Phase { case listening, paused, over }

    private let source: any DispatchSourceRead
    private let phase = Mutex(Phase.listening)

    init(file: Int32, onSignal: @escaping @Sendable (ScreenSignal) -> Void) {
        source = DispatchSource.makeReadSource(fileDescriptor: file, queue: DispatchQueue(label: "tunedeck.stdin"))
        source.setEventHandler { [weak self] in
            self?.pause()
            onSignal(Self.hasEnded(file) ? .hangUp : .input)
        }
        source.activate()
    }

    /// Asks for the next word; call when everything waiting has been read.
    func rearm() {
        phase.withLock {
            guard $0 == .paused else { return }
            $0 = .listening
            source.resume()
        }
    }

    /// Says nothing more until `rearm`.
    func pause() {
        phase.withLock {
            guard $0 == .listening else { return }
            $0 = .paused
            source.suspend()
        }
    }

    /// Ends the source; it says nothing afterwards.
    func cancel() {
        phase.withLock {
            source.cancel()
            // A paused source may not be let go of.
            if $0 == .paused { source.resume() }
            $0 = .over
        }
    }

    // MARK: -

    /// Readable with nothing to read means that the other end is gone.
    private static func hasEnded(_ file: Int32) -> Bool {
        var poll = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        guard Foundation.poll(&poll, 1, 0) > 0 else { return false }
        if Int32(poll.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
        var count: Int32 = 0
        return ioctl(file, UInt(FIONREAD), &count) == 0 && count == 0 && Int32(poll.revents) & POLLIN != 0
    }
}
