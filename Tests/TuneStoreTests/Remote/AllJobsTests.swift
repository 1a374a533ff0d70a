import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

struct AllJobsTests {
    private func all(_ remote: RemoteTest) -> AllJobs { AllJobs(local: remote.test.jobs(), remote: remote.jobs) }

    @Test func oneListHasBothNewestFirstPageByPage() async throws {
        let remote = try RemoteTest()
        try await remote.test.addModel()
        let all = all(remote)
        var made: [JobID] = []
        for round in 0..<3 {
            made.append(try await all.create(remote.test.request(suffix: "local-\(round)")).id)
            made.append(try await all.create(JobOrder(remote.request, origin: remote.origin)).id)
        }
        let newestFirst = Array(made.reversed())
        #expect(try await all.list(limit: 10).map(\.id) == newestFirst)
        #expect(try await all.list(limit: 3).map(\.id) == Array(newestFirst.prefix(3)))
        #expect(try await all.list(after: newestFirst[2], limit: 2).map(\.id) == Array(newestFirst[3...4]))
        #expect(try await all.local.list(limit: 10).map(\.id) == [made[4], made[2], made[0]])
        #expect(try await all.remote.list(limit: 10).map(\.id) == [made[5], made[3], made[1]])
        #expect(try await all.list(limit: 10).map(\.turn) == [nil, 3, nil, 2, nil, 1])
    }

    @Test func eachCallGoesWhereTheJobIs() async throws {
        let remote = try RemoteTest()
        try await remote.test.addModel()
        let all = all(remote)
        let here = try await all.create(remote.test.request())
        let there = try await all.create(remote.request)
        #expect(try await all.cancel(here.id).status == .cancelled)
        #expect(try await all.cancel(there.id).status == .cancelled)
        #expect(try remote.service.run(try remote.name(there)).job.status == .cancelled)
        await #expect(throws: StoreError.serviceCannot(.keeping, there.id, office)) { try await all.keep(there.id) }
        #expect(try await collected(all.follow(here.id, after: nil)).last?.kind == .status(.cancelled))
        #expect(try await collected(all.follow(there.id, after: nil)).contains { $0.kind == .status(.cancelled) })
        #expect(try await all.jobID(forRemote: here.id.legacyText, service: nil) == here.id)
        #expect(try await all.jobID(forRemote: try remote.name(there), service: nil) == there.id)
        try await all.delete(here.id)
        try await all.delete(there.id)
        #expect(try await all.list(limit: 1).isEmpty)
        let nowhere = JobID.random()
        await #expect(throws: StoreError.jobNotFound(nowhere)) { try await all.job(nowhere) }
        await #expect(throws: StoreError.jobNotFound(nowhere)) {
            for try await _ in all.follow(nowhere, after: nil) {}
        }
    }

    @Test func aGroupMayHaveJobsHereAndElsewhere() async throws {
        let remote = try RemoteTest()
        try await remote.test.addModel()
        let all = all(remote)
        let jobs = try await all.createGroup([remote.test.request(), remote.request, remote.test.request()])
        let group = try #require(jobs[0].group)
        #expect(jobs.map { $0.origin?.service } == [nil, office, nil])
        #expect(Set(try await all.jobs(of: group).map(\.id)) == Set(jobs.map(\.id)))
        await #expect(throws: StoreError.self) { try await all.delete(group) }
        #expect(try await all.list(limit: 10).count == 3)
        #expect(try await all.cancel(group).allSatisfy { $0.status == .cancelled })
        try await all.delete(group)
        await #expect(throws: StoreError.groupNotFound(group)) { try await all.jobs(of: group) }
    }

    @Test func aGroupThatCannotBeMadeHereIsCalledOffElsewhere() async throws {
        let remote = try RemoteTest()
        let all = all(remote)
        // There is no such model on this machine.
        await #expect(throws: StoreError.self) {
            try await all.createGroup([remote.request, remote.test.request()])
        }
        #expect(try await remote.only().status == .cancelled)
    }
}
