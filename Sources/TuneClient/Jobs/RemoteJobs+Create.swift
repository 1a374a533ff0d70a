import Foundation
import Synchronization
import TuneModel

extension RemoteJobs {
    /// Jobs that are looked through for one that may have been made, newest first.
    private static let mostLookedAt = 300

    /// Makes a job. A try whose answer is lost may have made it: it is looked for before another is sent, since not every
    /// service heeds the idempotency key.
    func create(_ request: RemoteJobRequest, key: String) async throws -> RemoteJob {
        let wish = JobWish(request: request, key: key, dialect: try await dialect())
        let call = try wish.call()
        let limits = line.profile.limits
        let rule = RetryRule(limits: limits)
        let deadline = line.deadline()
        // An earlier try of the same wish, perhaps of a program that was ended since, may have made it.
        let before = try await jobs(by: deadline)
        let doubted = doubts.known(before: key)
        if let made = before.first(where: { wish.describes($0, before: doubted) }) { return made }
        let known = doubted ?? Set(before.map(\.id))
        doubts.keep(known, before: key)
        var tries = 0
        while true {
            tries += 1
            var wait = rule.delay(after: tries)
            let fault: ServiceFault
            let isSurelyUnmade: Bool
            do {
                return try await line.once(call, by: deadline) { [self] in try job(of: try await line.json(of: $0)) }
            } catch let refusal as Refusal {
                fault = refusal.fault
                // A service that has no room for more requests has not begun with this one.
                isSurelyUnmade = refusal.status == 429
                guard RetryRule.isRetried(refusal.status) || refusal.advice != .no else { throw fault }
                if case .yes(let asked?) = refusal.advice { wait = asked }
                if refusal.advice == .no {
                    if !isSurelyUnmade, let made = try await made(wish, known, deadline, after: fault) { return made }
                    throw fault
                }
            } catch let error as ServiceFault {
                guard error.mayHaveArrived || error.isRetried else { throw error }
                fault = error
                if case .unreachable = error { isSurelyUnmade = true } else { isSurelyUnmade = false }
            }
            let isLast = tries > limits.retries || wait >= deadline.left
            if !isLast { try await Task.sleep(for: wait) }
            if !isSurelyUnmade, let made = try await made(wish, known, deadline, after: fault) { return made }
            if isLast { throw isSurelyUnmade || fault.isAnswered ? fault : .jobUncertain(host: line.host) }
        }
    }

    /// The job that a doubtful try made.
    ///
    /// - Throws: `jobUncertain` when that cannot be found out.
    private func made(
        _ wish: JobWish, _ known: Set<String>, _ deadline: Deadline, after fault: ServiceFault
    ) async throws -> RemoteJob? {
        do {
            // The call itself may have used the time up; to look takes a little more.
            let more = deadline.left > line.profile.limits.read ? deadline : line.deadline(line.profile.limits.read)
            return try await jobs(by: more).first { wish.describes($0, before: known) }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ServiceFault.jobUncertain(host: line.host)
        }
    }

    private func jobs(by deadline: Deadline) async throws -> [RemoteJob] {
        var found: [RemoteJob] = []
        var seen: Set<String> = []
        var last: String?
        var hasMore = true
        while hasMore, found.count < Self.mostLookedAt, !deadline.isOver {
            let page = try await deadline.hold { [self, last] in
                try await list(after: last, limit: 100)
            }
            let new = page.jobs.filter { seen.insert($0.id).inserted }
            found += new
            last = new.last?.id
            hasMore = page.hasMore && last != nil
        }
        return found
    }
}

/// What was there before the first try of a wish, of services that keep no marks.
final class Doubts: Sendable {
    private let known = Mutex<[String: Set<String>]>([:])

    func known(before key: String) -> Set<String>? { known.withLock { $0[key] } }
    func keep(_ ids: Set<String>, before key: String) { known.withLock { $0[key] = ids } }
}

extension ServiceFault {
    /// Whether the service may have done what no answer tells of.
    var mayHaveArrived: Bool {
        switch self {
        case .timedOut, .stalled, .cutOff, .badAnswer, .answerTooLarge, .notThisProtocol, .serverBroken: true
        default: false
        }
    }

    /// Whether the service itself has said how it went.
    fileprivate var isAnswered: Bool {
        switch self {
        case .serverBroken, .rateLimited, .refused: true
        default: false
        }
    }
}
