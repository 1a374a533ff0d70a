import CTerminal
@preconcurrency import Dispatch
import Foundation
import TuneCanvas

/// Passes the signals of the process on as words.
///
/// The handler is C and only writes to a pipe; nothing of Swift runs inside of it.
nonisolated final class Signals: Sendable {
    private let source: any DispatchSourceRead

    init(onSignal: @escaping @Sendable (ScreenSignal) -> Void) throws(CursesError) {
        let pipe = terminal_signals_open()
        guard pipe >= 0 else { throw .system(call: "pipe", code: errno) }
        source = DispatchSource.makeReadSource(fileDescriptor: pipe, queue: DispatchQueue(label: "tunedeck.signals"))
        source.setEventHandler {
            for word in Self.words(from: pipe) { onSignal(word) }
        }
        source.setCancelHandler { terminal_signals_close() }
        source.activate()
    }

    func cancel() {
        source.cancel()
    }

    // MARK: -

    private static func words(from pipe: Int32) -> [ScreenSignal] {
        var numbers = [UInt8](repeating: 0, count: 256)
        let count = read(pipe, &numbers, numbers.count)
        guard count > 0 else { return [] }
        // A burst of resizes is one resize.
        var words: [ScreenSignal] = []
        for word in numbers[..<count].compactMap({ word(for: Int32($0)) }) where !words.contains(word) {
            words.append(word)
        }
        return words
    }

    private static func word(for number: Int32) -> ScreenSignal? {
        switch number {
        case SIGWINCH: .resized
        case SIGINT: .interrupt
        case SIGTERM: .terminate
        case SIGHUP: .hangUp
        case SIGTSTP: .stopRequested
        case SIGCONT: .continued
        default: nil
        }
    }
}
