import Foundation

/// Threads of their own for work that takes minutes or hours: the shared pool is as wide as the machine has cores.
enum Lane {
    /// Runs the work on a new thread and waits for it without blocking one.
    static func run<T: Sendable>(_ name: String, _ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result(catching: work)) }
            thread.name = name
            thread.stackSize = 16 << 20
            thread.start()
        }
    }
}
