import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

let office = ServiceName("office")!

/// A workspace with a scripted service.
struct RemoteTest {
    let test: TestWorkspace
    let service: ScriptedService
    let jobs: RemoteJobs

    init(_ service: ScriptedService = ScriptedService(), grace: Double = 3600) throws {
        test = try TestWorkspace()
        self.service = service
        jobs = Self.jobs(test.workspace, service, grace: grace)
    }

    /// What another process on the same workspace would have.
    func elsewhere(grace: Double = 3600) throws -> RemoteJobs {
        Self.jobs(try Workspace(test.paths), service, grace: grace)
    }

    private static func jobs(_ workspace: Workspace, _ service: ScriptedService, grace: Double) -> RemoteJobs {
        var pace = RemotePace()
        pace.watch = .milliseconds(10)
        pace.pause = .milliseconds(5)
        pace.longestPause = .milliseconds(20)
        pace.round = .milliseconds(10)
        pace.rest = .seconds(3600)
        pace.grace = grace
        return RemoteJobs(workspace, pace: pace) { name in
            guard name == office else { throw ScriptedFault.gone }
            return service
        }
    }

    var request: JobRequest {
        JobRequest(
            model: "big", trainingFile: "file-train", suffix: "jargon", metadata: ["team": "words"], service: office)
    }

    var origin: JobOrigin {
        JobOrigin(
            service: office, id: "", trainingFile: "file-train",
            cost: JobCost(price: Price(training: 2), estimated: TokenReckoning(tokens: 4000, isExact: true)),
            preparation: [Wording("Separator: ->", "分隔符：->")])
    }

    func created() async throws -> Job { try await jobs.create(request, origin: origin) }

    /// What the service calls it.
    func name(_ job: Job) throws -> String { try #require(job.origin?.id) }

    /// The only job that is kept here.
    func only() async throws -> Job {
        let all = try await jobs.list(limit: 10)
        #expect(all.count == 1)
        return try #require(all.first)
    }
}

/// Waits until something is so; gives up after a time that only a broken program needs.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

/// All events of a following.
func collected(_ stream: AsyncThrowingStream<[JobEvent], any Error>) async throws -> [JobEvent] {
    var events: [JobEvent] = []
    for try await chunk in stream { events += chunk }
    return events
}
