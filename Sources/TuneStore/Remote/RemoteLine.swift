import Foundation
import GRDB
import TuneModel

/// Keeps it written down how the line to a job's service is.
struct RemoteLine: Sendable {
    let workspace: Workspace
    let id: JobID
    let pace: RemotePace

    /// It answered.
    func good() async throws {
        try await change { origin, id, db in
            switch origin.contact {
            case .good(let date) where Date.now.timeIntervalSince(date) < pace.freshness: return
            case .good, .never: break
            case .away, .refused:
                let service = origin.service
                try EventTable.append(Wording("\(service) answers again.", "\(service) 恢复了响应。"), to: id, db)
            }
            origin.contact = .good(at: .now)
        }
    }

    /// It does not answer; the job is none the worse for it.
    func away(_ why: Explanation) async throws {
        try await change { origin, id, db in
            if case .away(let since, let known) = origin.contact {
                if known != why { origin.contact = .away(since: since, why: why) }
                return
            }
            origin.contact = .away(since: .now, why: why)
            let message = Wording(
                "\(origin.service) does not answer; it is asked again until it does. ",
                "\(origin.service) 没有响应；会一直重试。")
            try EventTable.append(message + why.what, level: .warn, to: id, db)
        }
    }

    /// What it said no waiting helps.
    func refused(_ why: Explanation) async throws {
        try await change { origin, id, db in
            if case .refused(_, let known) = origin.contact, known == why { return }
            origin.contact = .refused(at: .now, why: why)
            try EventTable.append(why.what, level: .error, to: id, db)
        }
    }

    /// What the service answers, however long that takes; throws what no waiting helps.
    ///
    /// - Parameter tries: how often it is asked before what may pass is thrown, too.
    func asking<Answer: Sendable>(tries: Int = .max, _ ask: () async throws -> Answer) async throws -> Answer {
        var pause = pace.pause
        var failures = 0
        while true {
            do {
                let answer = try await ask()
                try await good()
                return answer
            } catch let error where Self.mayPass(error) {
                try Task.checkCancellation()
                failures += 1
                if failures == tries { throw error }
                try await away(Explanation(of: error))
                try await Task.sleep(for: pause)
                pause = min(pause * 2, pace.longestPause)
            }
        }
    }

    /// Whether another try may succeed.
    static func mayPass(_ error: any Error) -> Bool {
        guard !(error is StoreError), let error = error as? any ExplainedError else { return false }
        return error.exitStatus == .network || error.failureKind == .busy || error.failureKind == .broken
    }

    /// Whether it is sure that the service did not do what it was asked.
    static func isRefusal(_ error: any Error) -> Bool {
        if let error = error as? any RemoteError, !error.mayHaveArrived { return true }
        guard let error = error as? any ExplainedError, !mayPass(error) else { return false }
        return error.failureKind == .refused || error.failureKind == .missing
    }

    private func change(_ body: @escaping @Sendable (inout JobOrigin, JobID, Database) throws -> Void) async throws {
        try await workspace.write { [id] db in
            let entry = try RemoteTable.entry(id, db)
            var origin = entry.origin
            try body(&origin, entry.id, db)
            if origin != entry.origin { try RemoteTable.set(origin, of: entry.id, db) }
        }
    }
}
