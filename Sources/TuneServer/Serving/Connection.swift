import NIOCore
import Synchronization

/// A client's connection, as those who work for it see it.
final class Connection: Sendable {
    private struct State {
        var isGone = false
        var next = 0
        var listeners: [Int: @Sendable () -> Void] = [:]
        /// Since when nothing is being done for it; nil while it is being answered.
        var waitingSince: ContinuousClock.Instant?
    }

    let channel: any Channel
    private let state = Mutex(State(waitingSince: .now))

    init(_ channel: any Channel) { self.channel = channel }

    var isGone: Bool { state.withLock { $0.isGone } }
    var waitingSince: ContinuousClock.Instant? { state.withLock { $0.waitingSince } }

    func beginsWaiting() { state.withLock { $0.waitingSince = .now } }
    func isAnswered() { state.withLock { $0.waitingSince = nil } }

    /// The client has closed its side; who works for it is told.
    func leave() {
        let listeners = state.withLock { state in
            state.isGone = true
            defer { state.listeners = [:] }
            return state.listeners.values.map { $0 }
        }
        for tell in listeners { tell() }
    }

    /// Does work that the client's leaving cancels.
    func whilePresent<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let task = Task { try await work() }
        let ticket = state.withLock { state -> Int? in
            if state.isGone { return nil }
            state.next += 1
            state.listeners[state.next] = { task.cancel() }
            return state.next
        }
        guard let ticket else {
            task.cancel()
            throw CancellationError()
        }
        defer { state.withLock { _ = $0.listeners.removeValue(forKey: ticket) } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

extension Connection {
    /// The same stream, ending when the client leaves.
    func untilGone<T: Sendable>(
        _ source: AsyncThrowingStream<T, any Error>
    ) -> AsyncThrowingStream<T, any Error> {
        let (stream, tap) = AsyncThrowingStream<T, any Error>.makeStream()
        let work = Task {
            do {
                try await whilePresent { for try await value in source { tap.yield(value) } }
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }
}

/// All connections. Those beyond the limit take the places of those that have waited longest without being answered, so
/// that clients that open connections and stay silent keep nobody out.
final class ConnectionRoom: Sendable {
    /// How many times the limit may be passed for as long as all have just come.
    private static let crowd = 4

    private let limit: Int
    private let grace: Duration
    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

    init(_ limits: ServerOptions.Limits) {
        limit = limits.connections
        grace = .seconds(limits.grace)
    }

    var count: Int { connections.withLock { $0.count } }

    subscript(channel: any Channel) -> Connection? { connections.withLock { $0[ObjectIdentifier(channel)] } }

    func enter(_ connection: Connection) {
        let surplus = connections.withLock { connections -> [Connection] in
            connections[ObjectIdentifier(connection.channel)] = connection
            let excess = connections.count - limit
            guard excess > 0 else { return [] }
            let now = ContinuousClock.now
            let silent = connections.values.compactMap { other in other.waitingSince.map { (other, $0) } }
                .filter { now - $0.1 >= grace }
            var surplus = silent.sorted { $0.1 < $1.1 }.prefix(excess).map(\.0)
            if surplus.isEmpty, connections.count > limit * Self.crowd { surplus = [connection] }
            for other in surplus { connections[ObjectIdentifier(other.channel)] = nil }
            return surplus
        }
        for other in surplus { other.channel.close(promise: nil) }
    }

    func leave(_ connection: Connection) {
        connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection.channel)) }
        connection.leave()
    }
}
