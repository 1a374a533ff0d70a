import Synchronization

/// A point in time that a call has to be over by.
struct Deadline: Sendable {
    let host: String
    let limit: Duration
    private let end: ContinuousClock.Instant

    init(host: String, after limit: Duration) {
        self.host = host
        self.limit = limit
        end = .now + limit
    }

    var left: Duration { max(.zero, end - .now) }
    var isOver: Bool { left == .zero }
    var fault: ServiceFault { .timedOut(host: host, seconds: limit.seconds) }

    /// What `work` gives, or the deadline's fault when that takes too long, whether or not `work` heeds its cancellation.
    func hold<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let race = Race<Value>()
        let runner = Task {
            do { race.settle(.success(try await work())) } catch { race.settle(.failure(error)) }
        }
        let timer = Task {
            try await Task.sleep(for: left)
            race.settle(.failure(fault))
            runner.cancel()
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await race.value()
        } onCancel: {
            race.settle(.failure(CancellationError()))
            runner.cancel()
        }
    }

    /// Waits, if so much time is left.
    func sleep(_ duration: Duration) async throws {
        guard duration < left else { throw fault }
        try await Task.sleep(for: duration)
    }
}

/// A result that the first of several to have one gives.
private final class Race<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case settled(Result<Value, any Error>)
        case over
    }

    private let state = Mutex(State.open)

    func settle(_ result: Result<Value, any Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            switch state {
            case .open:
                state = .settled(result)
                return nil
            case .awaited(let continuation):
                state = .over
                return continuation
            case .settled, .over: return nil
            }
        }
        waiting?.resume(with: result)
    }

    func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let result = state.withLock { state -> Result<Value, any Error>? in
                guard case .settled(let result) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .over
                return result
            }
            if let result { continuation.resume(with: result) }
        }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
