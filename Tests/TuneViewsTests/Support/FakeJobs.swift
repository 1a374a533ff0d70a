import Foundation
import Synchronization
import TuneModel

/// Jobs in memory. A test says when a step or an end comes; followers hear of it at once.
final class FakeJobs: JobService {
    private struct Contents {
        var jobs: [Job] = []
        var events: [JobID: [JobEvent]] = [:]
        var followers: [JobID: [AsyncThrowingStream<[JobEvent], any Error>.Continuation]] = [:]
        var requests: [JobRequest] = []
        var kept: [JobID] = []
    }

    private let contents = Mutex(Contents())
    let start = Date(timeIntervalSince1970: 1_790_000_000)

    /// Jobs that were to stop and keep what they learned.
    var kept: [JobID] { contents.withLock { $0.kept } }
    var requests: [JobRequest] { contents.withLock { $0.requests } }

    /// A job's name made of one letter, so that tests can spell it.
    static func id(_ letter: Character) -> JobID { JobID("ftjob-" + String(repeating: letter, count: 24))! }

    func add(_ job: Job) { contents.withLock { $0.jobs.insert(job, at: 0) } }

    func change(_ id: JobID, _ body: (inout Job) -> Void) {
        contents.withLock { contents in
            if let index = contents.jobs.firstIndex(where: { $0.id == id }) { body(&contents.jobs[index]) }
        }
    }

    /// Tells of steps as the worker does: the newest in the job, all of them as events.
    func report(_ steps: [StepMetrics], of id: JobID) {
        change(id) {
            $0.status = .running
            $0.latest = steps.last
            $0.totalSteps = steps.last?.totalSteps
        }
        tell(id, steps.map { (Wording("Step \($0.step)", "第 \($0.step) 步"), .metrics($0)) })
    }

    /// Tells of an answer on the way.
    func report(_ sample: SampleAnswer, of id: JobID) {
        tell(id, [(Wording("After step \(sample.step)", "第 \(sample.step) 步之后"), .sample(sample))])
    }

    func say(_ message: Wording, of id: JobID) { tell(id, [(message, .message)]) }

    func finish(_ id: JobID, model: String) {
        change(id) {
            $0.status = .succeeded
            $0.fineTunedModel = model
            $0.finishedAt = start.addingTimeInterval(300)
        }
        tell(id, [(Wording("The job is done: \(model)", "任务完成：\(model)"), .status(.succeeded))])
        for follower in contents.withLock({ $0.followers.removeValue(forKey: id) }) ?? [] { follower.finish() }
    }

    private func tell(_ id: JobID, _ news: [(Wording, JobEvent.Kind)]) {
        let followers = contents.withLock {
            contents -> [(AsyncThrowingStream<[JobEvent], any Error>.Continuation, [JobEvent])] in
            var events: [JobEvent] = []
            for (message, kind) in news {
                let number = (contents.events[id]?.count ?? 0) + 1
                let event = JobEvent(
                    id: number, createdAt: start.addingTimeInterval(Double(number)), message: message, kind: kind)
                contents.events[id, default: []].append(event)
                events.append(event)
            }
            return (contents.followers[id] ?? []).map { ($0, events) }
        }
        for (follower, events) in followers { follower.yield(events) }
    }

    // MARK: - JobService

    func create(_ request: JobRequest) async throws -> Job {
        contents.withLock { contents in
            contents.requests.append(request)
            let letter = Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(contents.jobs.count)))
            var job = Job(
                id: Self.id(letter), model: request.model, suffix: request.suffix, trainingFile: request.trainingFile,
                createdAt: start, request: request.hyperparameters)
            job.hyperparameters = Hyperparameters(request.hyperparameters, examples: 2305)
            contents.jobs.insert(job, at: 0)
            return job
        }
    }

    func createGroup(_ requests: [JobRequest]) async throws -> [Job] {
        let group = GroupID.random()
        var jobs: [Job] = []
        for request in requests {
            let job = try await create(request)
            change(job.id) { $0.group = group }
            jobs.append(try await self.job(job.id))
        }
        return jobs
    }

    func list(limit: Int) async throws -> [Job] { contents.withLock { Array($0.jobs.prefix(limit)) } }

    func job(_ id: JobID) async throws -> Job {
        guard let job = contents.withLock({ $0.jobs.first { $0.id == id } }) else { throw FakeFault.missing(id.text) }
        return job
    }

    func events(of id: JobID, after last: Int?) async throws -> [JobEvent] {
        contents.withLock { ($0.events[id] ?? []).filter { $0.id > last ?? 0 } }
    }

    func follow(_ id: JobID, after last: Int?) -> AsyncThrowingStream<[JobEvent], any Error> {
        AsyncThrowingStream { follower in
            contents.withLock { contents in
                follower.yield((contents.events[id] ?? []).filter { $0.id > last ?? 0 })
                if contents.jobs.first(where: { $0.id == id })?.status.isFinal ?? true {
                    follower.finish()
                } else {
                    contents.followers[id, default: []].append(follower)
                }
            }
        }
    }

    func results(of id: JobID) async throws -> String {
        let steps = contents.withLock { $0.events[id] ?? [] }.compactMap { event -> StepMetrics? in
            if case .metrics(let step) = event.kind { step } else { nil }
        }
        return Results.csv(steps, withValidation: false)
    }

    func steps(of id: JobID) async throws -> [StepMetrics] {
        contents.withLock { $0.events[id] ?? [] }.compactMap { event in
            if case .metrics(let step) = event.kind { step } else { nil }
        }
    }

    func samples(of id: JobID) async throws -> [SampleAnswer] {
        contents.withLock { $0.events[id] ?? [] }.compactMap { event in
            if case .sample(let sample) = event.kind { sample } else { nil }
        }
    }

    func keep(_ id: JobID) async throws -> Job {
        contents.withLock { $0.kept.append(id) }
        return try await job(id)
    }

    func move(_ id: JobID, to place: QueueMove) async throws -> Job {
        contents.withLock { contents in
            let queued = contents.jobs.indices.filter { contents.jobs[$0].status == .queued }
                .sorted { contents.jobs[$0].turn ?? .max < contents.jobs[$1].turn ?? .max }
            guard let here = queued.firstIndex(where: { contents.jobs[$0].id == id }) else { return }
            let there = place == .up ? here - 1 : here + 1
            guard queued.indices.contains(there) else { return }
            (contents.jobs[queued[here]].turn, contents.jobs[queued[there]].turn) = (there + 1, here + 1)
        }
        return try await job(id)
    }

    func cancel(_ id: JobID) async throws -> Job { try await set(id, .cancelled) }
    func pause(_ id: JobID) async throws -> Job { try await set(id, .paused) }
    func resume(_ id: JobID) async throws -> Job { try await set(id, .queued) }
    func delete(_ id: JobID) async throws { contents.withLock { $0.jobs.removeAll { $0.id == id } } }

    private func set(_ id: JobID, _ status: JobStatus) async throws -> Job {
        change(id) { $0.status = status }
        return try await job(id)
    }
}

enum FakeFault: ExplainedError {
    case missing(String)

    var explanation: Explanation {
        switch self {
        case .missing(let name):
            Explanation(Wording("There is no \(name).", "没有 \(name)。"), next: Wording("Look at the list.", "请查看列表。"))
        }
    }

    var exitStatus: ExitStatus { .failed }
}
