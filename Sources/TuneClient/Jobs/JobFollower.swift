import Foundation
import TuneModel

/// Follows one job, in rounds: a look at the job, and what has happened in it.
struct JobFollower {
    let jobs: RemoteJobs
    let id: String
    private var known: Set<String>
    private let tell: (RemoteNews) -> Void
    private var shown: RemoteJob?
    /// Rounds in a row that found no service.
    private var failures = 0
    private var wasFinal = false

    /// Behind an end that is older than this, nothing comes any more.
    private static let settled: TimeInterval = 60
    private static let pageSize = 100
    private var limits: ServiceProfile.Limits { jobs.line.profile.limits }

    init(jobs: RemoteJobs, id: String, known: Set<String>, tell: @escaping (RemoteNews) -> Void) {
        self.jobs = jobs
        self.id = id
        self.known = known
        self.tell = tell
    }

    mutating func run() async throws {
        while true {
            do {
                let isOver = try await jobs.dialect() == .legacy ? legacyRound() : modernRound()
                if isOver { return }
                try await Task.sleep(for: limits.poll)
            } catch let fault as ServiceFault where fault.isWaitedOut {
                failures += 1
                let wait = wait(after: fault)
                tell(.away(fault.explanation, retryIn: wait.seconds))
                try await Task.sleep(for: wait)
            }
        }
    }

    // MARK: - Rounds

    /// - Returns: whether the job has ended and all is told.
    private mutating func modernRound() async throws -> Bool {
        let job = try await jobs.job(id)
        reached()
        // Asked after the job, so that what led to its end is among them.
        let events = try await newEvents()
        show(events)
        show(job)
        return isOver(job, isQuiet: events.isEmpty)
    }

    private mutating func legacyRound() async throws -> Bool {
        let job = try await jobs.job(id)
        reached()
        guard !job.status.isFinal else {
            let answer = try await jobs.page(.get("fine-tunes", id, "events"))
            let events = new(Self.oldestFirst(answer["data"].list ?? []))
            show(events)
            show(job)
            return isOver(job, isQuiet: events.isEmpty)
        }
        show(job)
        try await listen()
        return false
    }

    /// Listens as long as the older form's stream goes. Every stream tells all events from the first on.
    private mutating func listen() async throws {
        var call = Call.get("fine-tunes", id, "events", query: [("stream", "true")])
        call.accept = "text/event-stream"
        let line = jobs.line
        let opened = try await line.perform(call) { $0 }
        do {
            guard Line.isEventStream(opened.headers) else {
                // A service that knows no streams tells all that has happened so far.
                show(new(Self.oldestFirst(try await line.json(of: opened)["data"].list ?? [])))
                return
            }
            try await listen(to: opened)
        } catch {
            // A stream that falls silent or breaks is opened again; whether the service is there, the next look tells.
            let told = Trouble.told(error, host: line.host, line: line)
            guard let fault = told as? ServiceFault, fault.isWaitedOut else { throw told }
        }
    }

    private mutating func listen(to opened: Line.Opened) async throws {
        var said: [String: Int] = [:]
        var looked = ContinuousClock.now
        _ = try await jobs.line.events(of: opened) { values in
            show(unknown(values.map { RemoteEvent($0, said: &said) }))
            if ContinuousClock.now - looked >= limits.poll {
                looked = .now
                show(try await jobs.job(id))
            }
            return true
        }
    }

    /// Goes back page by page until something known comes.
    private func pagesBack() async throws -> [JSON] {
        var found: [JSON] = []
        var seen: Set<String> = []
        var after: String?
        repeat {
            let query = [("limit", "\(Self.pageSize)")] + (after.map { [("after", $0)] } ?? [])
            let answer = try await jobs.page(.get("fine_tuning", "jobs", id, "events", query: query))
            let events = answer["data"].list ?? []
            let fresh = events.filter { event in event["id"].filledText.map { seen.insert($0).inserted } ?? true }
            found += fresh
            let meetsKnown = events.contains { $0["id"].filledText.map(known.contains) ?? false }
            let hasMore = answer["has_more"].isTrue && !meetsKnown && !fresh.isEmpty
            after = hasMore ? events.last?["id"].filledText : nil
        } while after != nil
        return found
    }

    private mutating func newEvents() async throws -> [RemoteEvent] {
        new(try await pagesBack().reversed())
    }

    // MARK: - News

    /// The events of a whole list that are not known yet.
    private mutating func new(_ events: [JSON]) -> [RemoteEvent] {
        var said: [String: Int] = [:]
        return unknown(events.map { RemoteEvent($0, said: &said) })
    }

    private mutating func unknown(_ events: [RemoteEvent]) -> [RemoteEvent] {
        events.filter { known.insert($0.id).inserted }
    }

    private func show(_ events: [RemoteEvent]) {
        if !events.isEmpty { tell(.events(events)) }
    }

    private mutating func show(_ job: RemoteJob) {
        guard job != shown else { return }
        shown = job
        tell(.job(job))
    }

    private mutating func reached() {
        if failures > 0 { tell(.back) }
        failures = 0
    }

    /// Some services tell the last events only after the end: there is one more round behind it.
    private mutating func isOver(_ job: RemoteJob, isQuiet: Bool) -> Bool {
        guard job.status.isFinal else {
            wasFinal = false
            return false
        }
        if let end = job.finishedAt, Date.now.timeIntervalSince(end) > Self.settled { return true }
        defer { wasFinal = true }
        return wasFinal && isQuiet
    }

    private func wait(after fault: ServiceFault) -> Duration {
        let usual = RetryRule(limits: limits).delay(after: failures)
        guard case .rateLimited(let asked?, _) = fault else { return usual }
        return max(usual, min(.seconds(asked), limits.longestHeldOff))
    }

    /// The older form's lists begin with the first event; some services turn them round.
    private static func oldestFirst(_ events: [JSON]) -> [JSON] {
        guard let first = events.first?["created_at"].number, let last = events.last?["created_at"].number,
            first > last
        else { return events }
        return events.reversed()
    }
}

extension ServiceFault {
    /// Whether a follower waits and asks again. A network that wants a login sends on to its own page, or answers with
    /// one.
    fileprivate var isWaitedOut: Bool {
        switch self {
        case .redirectRefused, .answerTooLarge: true
        default: isPassing
        }
    }
}
