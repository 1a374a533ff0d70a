import Foundation
import Synchronization
import TuneModel

/// A service elsewhere that does what a test tells it to.
final class ScriptedService: RemoteJobService {
    enum Creation {
        case answer
        /// Nothing is made, and it says so.
        case refuse
        /// No connection comes about, and it is known that nothing was sent.
        case reachNothing
        /// Nothing is made, and no answer comes.
        case loseRequest
        /// The job is made, and its answer does not arrive.
        case loseAnswer
        /// No answer ever comes: before or after the job is made.
        case hang(made: Bool)
    }

    struct Run {
        var job: RemoteJob
        var events: [RemoteEvent] = []
        var checkpoints: [RemoteCheckpoint] = []
        var results: [StepMetrics] = []
        /// What followers are told besides, in the order it happened.
        var live: [RemoteNews] = []
        /// Streams end once they have told all, even when the job goes on.
        var isOver = false
        var refusal: ScriptedFault?
    }

    struct State {
        var runs: [Run] = []
        var creations: [Creation] = []
        var ids: [String] = []
        var requests: [(request: RemoteJobRequest, key: String)] = []
        var followers = 0
        var mostFollowers = 0
        var follows = 0
        /// Faults of the next calls, whatever they are; nil answers.
        var faults: [ScriptedFault?] = []
        /// Sends known events again.
        var isForgetful = false
        /// Keeps no metadata of jobs, as legacy services do.
        var isLegacy = false
    }

    let state = Mutex(State())
    /// Called before a job is made.
    let beforeCreating = Mutex<(@Sendable () async -> Void)?>(nil)

    init(_ creations: [Creation] = [], ids: [String] = []) {
        state.withLock {
            $0.creations = creations
            $0.ids = ids
        }
    }

    func create(_ request: RemoteJobRequest, key: String) async throws -> RemoteJob {
        if let hook = beforeCreating.withLock({ $0 }) { await hook() }
        let creation = state.withLock { state in
            state.requests.append((request, key))
            return state.creations.isEmpty ? .answer : state.creations.removeFirst()
        }
        switch creation {
        case .answer:
            return make(request)
        case .refuse:
            throw ScriptedFault.refused
        case .reachNothing:
            throw ScriptedFault.unreachable
        case .loseRequest:
            throw ScriptedFault.away
        case .loseAnswer:
            _ = make(request)
            throw ScriptedFault.away
        case .hang(let made):
            if made { _ = make(request) }
            try await Task.sleep(for: .seconds(3600))
            throw ScriptedFault.away
        }
    }

    @discardableResult
    func make(_ request: RemoteJobRequest, status: JobStatus = .queued, at date: Date = .now) -> RemoteJob {
        state.withLock { state in
            let id = state.ids.isEmpty ? JobID.random().text : state.ids.removeFirst()
            var job = RemoteJob(
                id: id, status: status, model: request.model, trainingFile: request.trainingFile, createdAt: date)
            job.suffix = request.suffix
            job.metadata = state.isLegacy ? [:] : request.metadata
            state.runs.insert(Run(job: job), at: 0)
            return job
        }
    }

    func list(after last: String?, limit: Int) async throws -> (jobs: [RemoteJob], hasMore: Bool) {
        try fault()
        return state.withLock { state in
            var jobs = state.runs.map(\.job)
            if let last, let place = jobs.firstIndex(where: { $0.id == last }) { jobs.removeFirst(place + 1) }
            return (Array(jobs.prefix(limit)), jobs.count > limit)
        }
    }

    func job(_ id: String) async throws -> RemoteJob {
        try fault()
        return try run(id).job
    }

    func cancel(_ id: String) async throws -> RemoteJob { try await move(id, to: .cancelled) }
    func pause(_ id: String) async throws -> RemoteJob { try await move(id, to: .paused) }
    func resume(_ id: String) async throws -> RemoteJob { try await move(id, to: .running) }

    func checkpoints(of id: String) async throws -> [RemoteCheckpoint] {
        try fault()
        return try run(id).checkpoints
    }

    func results(of id: String) async throws -> [StepMetrics] {
        try fault()
        return try run(id).results
    }

    func follow(_ id: String, known: RemoteEventMarks) -> AsyncThrowingStream<RemoteNews, any Error> {
        let (stream, tap) = AsyncThrowingStream<RemoteNews, any Error>.makeStream()
        state.withLock { state in
            state.follows += 1
            state.followers += 1
            state.mostFollowers = max(state.mostFollowers, state.followers)
        }
        let work = Task {
            do {
                try await tell(id, known, to: tap)
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { [self] _ in
            state.withLock { $0.followers -= 1 }
            work.cancel()
        }
        return stream
    }

    private func tell(
        _ id: String, _ known: RemoteEventMarks, to tap: AsyncThrowingStream<RemoteNews, any Error>.Continuation
    ) async throws {
        var place = try run(id).live.count
        var told = state.withLock { $0.isForgetful } ? [] : known.ids
        var last: RemoteJob?
        while !Task.isCancelled {
            let run = try run(id)
            let news = run.events.filter { !told.contains($0.id) }
            if !news.isEmpty {
                tap.yield(.events(news))
                told.formUnion(news.map(\.id))
            }
            for news in run.live.dropFirst(place) { tap.yield(news) }
            place = run.live.count
            if run.job != last { tap.yield(.job(run.job)) }
            last = run.job
            if let refusal = run.refusal { throw refusal }
            if run.isOver { return }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }

    // MARK: - For tests

    func run(_ id: String) throws -> Run {
        guard let run = state.withLock({ $0.runs.first { $0.job.id == id } }) else { throw ScriptedFault.gone }
        return run
    }

    func change(_ id: String, _ body: (inout Run) -> Void) {
        state.withLock { state in
            guard let place = state.runs.firstIndex(where: { $0.job.id == id }) else { return }
            body(&state.runs[place])
        }
    }

    /// A step happens.
    func step(_ number: Int, of id: String, total: Int = 10) {
        change(id) {
            $0.job.status = .running
            $0.events.append(.step(number, of: total))
        }
    }

    /// The job succeeds.
    func succeed(_ id: String, tokens: Int = 4321) {
        change(id) {
            $0.job.status = .succeeded
            $0.job.fineTunedModel = "ft:big:me:jargon:abc"
            $0.job.finishedAt = Date(timeIntervalSince1970: 2_000_000_000)
            $0.job.trainedTokens = tokens
            $0.isOver = true
        }
    }

    private func move(_ id: String, to status: JobStatus) async throws -> RemoteJob {
        try fault()
        change(id) {
            $0.job.status = status
            $0.isOver = status.isFinal
        }
        return try run(id).job
    }

    private func fault() throws {
        let next = state.withLock { $0.faults.isEmpty ? nil : $0.faults.removeFirst() }
        if let next { throw next }
    }
}

extension RemoteEvent {
    static func step(_ number: Int, of total: Int = 10) -> RemoteEvent {
        RemoteEvent(
            id: "ftevent-\(number)", createdAt: Date(timeIntervalSince1970: 1_900_000_000 + Double(number)),
            message: "Step \(number)/\(total)",
            metrics: StepMetrics(step: number, totalSteps: total, trainingLoss: 1 / Double(number)))
    }
}

/// What the scripted service throws.
enum ScriptedFault: RemoteError, Equatable {
    case away, refused, gone, unreachable

    var mayHaveArrived: Bool { self != .unreachable }

    var explanation: Explanation {
        Explanation(Wording("Scripted: \(self).", "脚本：\(self)。"), next: Wording("Go on.", "继续。"))
    }

    var exitStatus: ExitStatus {
        switch self {
        case .away, .unreachable: .network
        case .refused, .gone: .badData
        }
    }

    var failureKind: FailureKind {
        switch self {
        case .away, .unreachable: .busy
        case .refused: .refused
        case .gone: .missing
        }
    }
}
