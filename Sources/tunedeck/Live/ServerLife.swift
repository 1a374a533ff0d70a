import Dispatch
import Foundation
import TuneServer

/// A server from its start to SIGTERM or Ctrl-C.
enum ServerLife {
    /// What answers that are being written get to come to their end.
    private static let grace = Duration.seconds(3)
    /// What the rest gets to be put away; nothing is lost when it is not.
    private static let patience = Duration.seconds(1.5)

    /// Serves until the process is asked to end: then nothing new is taken, and what is being answered is finished.
    static func run(_ server: ModelServer, listening: @escaping @Sendable (Int) -> Void) async throws {
        let (calls, call) = AsyncStream<Void>.makeStream()
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { call.yield() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        let asked = Task { for await _ in calls { break } }
        let work = Task { try await server.run(until: { await asked.value }, listening: listening) }
        let watch = Task {
            await asked.value
            try await Task.sleep(for: grace)
            work.cancel()
            try await Task.sleep(for: patience)
            exit(0)
        }
        defer {
            asked.cancel()
            watch.cancel()
        }
        do {
            try await work.value
        } catch is CancellationError {}
    }
}
