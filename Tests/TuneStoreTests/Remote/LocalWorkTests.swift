import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

/// What this machine's worker and its helpers do never happens to a job that runs elsewhere.
struct LocalWorkTests {
    /// A queued, a running and an ended job elsewhere, all without a worker here.
    private func remote() async throws -> (RemoteTest, [Job]) {
        let remote = try RemoteTest()
        var jobs: [Job] = []
        for status in [JobStatus.queued, .running, .succeeded] {
            let job = try await remote.created()
            remote.service.change(try remote.name(job)) { $0.job.status = status }
            jobs.append(try await remote.jobs.refresh(job.id))
        }
        #expect(jobs.map(\.status) == [.queued, .running, .succeeded])
        return (remote, jobs)
    }

    private func rows(_ remote: RemoteTest) async throws -> [String] {
        try await remote.test.workspace.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM jobs WHERE service IS NOT NULL ORDER BY number").map { "\($0)" }
        }
    }

    @Test func theWorkerTakesNone() async throws {
        let (remote, jobs) = try await remote()
        let before = try await rows(remote)
        #expect(try await remote.test.queue.claimNext() == nil)
        #expect(try await remote.test.queue.isEmpty())
        #expect(try await remote.test.queue.requeueLost().isEmpty)
        // One that waits before them or after them changes nothing.
        try await remote.test.addModel()
        let local = try await remote.test.jobs().create(remote.test.request())
        #expect(local.turn == 1)
        #expect(try await remote.test.queue.claimNext()?.job.id == local.id)
        #expect(try await remote.test.queue.requeueLost() == [local.id])
        #expect(try await rows(remote) == before)
        #expect(jobs.allSatisfy { $0.turn == nil })
    }

    @Test func noWorkerIsStartedForThem() async throws {
        let (remote, _) = try await remote()
        // A launcher that starts nothing makes the third look throw where a worker is wanted.
        let keeper = WorkerKeeper(remote.test.workspace, .none, patience: .zero)
        for _ in 0..<6 { try await keeper.look() }
        #expect(try await remote.test.jobs().lastHeartbeat() == nil)
    }

    @Test func theirPlacesInTheQueueAreTheirOwn() async throws {
        let (remote, jobs) = try await remote()
        let before = try await rows(remote)
        try await remote.test.addModel()
        let local = remote.test.jobs()
        let first = try await local.create(remote.test.request())
        let second = try await local.create(remote.test.request())
        #expect(try await local.move(second.id, to: .top).turn == 1)
        #expect(try await local.job(first.id).turn == 2)
        await #expect(throws: StoreError.jobElsewhere(jobs[0].id, office)) {
            try await local.move(first.id, to: .before(jobs[0].id))
        }
        #expect(try await rows(remote) == before)
    }

    @Test func theLocalServiceSeesNone() async throws {
        let (remote, jobs) = try await remote()
        let before = try await rows(remote)
        let local = remote.test.jobs()
        #expect(try await local.list(limit: 10).isEmpty)
        #expect(try await local.list(after: nil, limit: 10).isEmpty)
        for job in jobs {
            let elsewhere = StoreError.jobElsewhere(job.id, office)
            await #expect(throws: elsewhere) { try await local.job(job.id) }
            await #expect(throws: elsewhere) { try await local.list(after: job.id, limit: 1) }
            await #expect(throws: elsewhere) { try await local.events(of: job.id, after: nil) }
            await #expect(throws: elsewhere) { try await local.events(of: job.id, before: nil, limit: 1) }
            await #expect(throws: elsewhere) { try await local.steps(of: job.id) }
            await #expect(throws: elsewhere) { try await local.results(of: job.id) }
            await #expect(throws: elsewhere) { try await local.samples(of: job.id) }
            await #expect(throws: elsewhere) { try await local.checkpoints(of: job.id) }
            await #expect(throws: elsewhere) { try await local.recordLosses(of: job.id) }
            await #expect(throws: elsewhere) { try await local.trainingCopy(of: job.id) }
            await #expect(throws: elsewhere) { _ = try await local.files(of: job.id) }
            await #expect(throws: elsewhere) { try await local.cancel(job.id) }
            await #expect(throws: elsewhere) { try await local.pause(job.id) }
            await #expect(throws: elsewhere) { try await local.resume(job.id) }
            await #expect(throws: elsewhere) { try await local.keep(job.id) }
            await #expect(throws: elsewhere) { try await local.move(job.id, to: .top) }
            await #expect(throws: elsewhere) { try await local.delete(job.id) }
            await #expect(throws: elsewhere) { for try await _ in local.follow(job.id, after: nil) {} }
        }
        #expect(try await rows(remote) == before)
    }

    @Test func theirModelsNamesKeepNoModelHere() async throws {
        let remote = try RemoteTest()
        try await remote.test.addModel("big")
        _ = try await remote.created()
        try await remote.test.shelf.delete("big")
    }

    @Test func theirGroupsAreNotTheSweepsOfThisMachine() async throws {
        let remote = try RemoteTest()
        let jobs = try await remote.jobs.createGroup([remote.request, remote.request])
        let group = try #require(jobs[0].group)
        let local = remote.test.jobs()
        await #expect(throws: StoreError.groupNotFound(group)) { try await local.jobs(of: group) }
        await #expect(throws: StoreError.groupNotFound(group)) { try await local.cancel(group) }
        await #expect(throws: StoreError.groupNotFound(group)) { try await local.delete(group) }
        #expect(try await remote.jobs.list(limit: 10).count == 2)
    }
}
