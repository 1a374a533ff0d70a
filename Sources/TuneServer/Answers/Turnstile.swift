/// Lets so many through at a time; the others wait in the order of their coming.
actor Turnstile {
    private var free: Int
    private let room: Int
    private var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    private var next = 0

    /// - Parameter waiting: how many may wait.
    init(places: Int, waiting room: Int) {
        free = places
        self.room = room
    }

    /// Does work in one of the places.
    ///
    /// - Throws: `APIError.tooManyRequests` when too many wait already.
    func pass<T: Sendable>(_ work: @Sendable () async throws -> T) async throws -> T {
        try await enter()
        defer { leave() }
        return try await work()
    }

    /// Whether whoever comes now is sent away.
    var isFull: Bool { free == 0 && waiting.count >= room }

    // MARK: - Private

    private func enter() async throws {
        try Task.checkCancellation()
        if free > 0 {
            free -= 1
            return
        }
        guard waiting.count < room else { throw APIError.tooManyRequests }
        next += 1
        let id = next
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // Cancelled before it stood in the row, nobody would wake it.
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                waiting.append((id, continuation))
            }
        } onCancel: {
            Task { await giveUp(id) }
        }
    }

    private func giveUp(_ id: Int) {
        guard let place = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: place).continuation.resume(throwing: CancellationError())
    }

    private func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().continuation.resume()
        }
    }
}
