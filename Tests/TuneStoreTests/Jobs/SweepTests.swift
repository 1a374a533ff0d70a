import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct SweepTests {
    private func sweep(_ count: Int, _ test: TestWorkspace) async throws -> [Job] {
        try await test.addModel()
        let request = try test.request(validation: true)
        return try await test.jobs().createGroup(
            (0..<count).map { index in
                var one = request
                one.suffix = "s-\(index)"
                one.hyperparameters.seed = UInt64(index)
                return one
            })
    }

    @Test func allJobsAreQueuedAsOneGroupInTheirOrder() async throws {
        let test = try TestWorkspace()
        let jobs = try await sweep(3, test)
        let group = try #require(jobs[0].group)
        #expect(jobs.map(\.turn) == [1, 2, 3])
        #expect(try await test.jobs().jobs(of: group).map(\.id) == jobs.map(\.id))
        // Each has files of its own, whatever they share on the disk.
        for _ in jobs {
            let claim = try #require(try await test.queue.claimNext())
            #expect(try String(contentsOfFile: claim.trainingPath, encoding: .utf8) == "{}\n")
            #expect(claim.validationPath.map(FileManager.default.fileExists) == true)
        }
    }

    @Test func deletingOneLeavesTheFilesOfTheOthers() async throws {
        let test = try TestWorkspace()
        let jobs = try await sweep(2, test)
        try await test.jobs().cancel(jobs[0].id)
        try await test.jobs().delete(jobs[0].id)
        let claim = try #require(try await test.queue.claimNext())
        #expect(try String(contentsOfFile: claim.trainingPath, encoding: .utf8) == "{}\n")
    }

    @Test func oneThatCannotBeQueuedLeavesNone() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let good = try test.request()
        let bad = JobRequest(model: "smollm2-135m", trainingFile: test.folder + "/nowhere.jsonl")
        await #expect(throws: StoreError.self) { try await test.jobs().createGroup([good, bad]) }
        #expect(try await test.jobs().list(limit: 10).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.jobs).isEmpty)
    }

    @Test func aSweepIsCancelledAndDeletedAsAWhole() async throws {
        let test = try TestWorkspace()
        let jobs = try await sweep(3, test)
        let group = try #require(jobs[0].group)
        let running = try #require(try await test.queue.claimNext()?.job)
        try test.recorder(running).succeed(try test.outcome(running))
        await #expect(throws: StoreError.jobNotFinished(jobs[1].id, .queued)) { try await test.jobs().delete(group) }
        #expect(try await test.jobs().cancel(group).map(\.status) == [.succeeded, .cancelled, .cancelled])
        try await test.jobs().delete(group)
        #expect(try await test.jobs().list(limit: 10).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.jobs).isEmpty)
        await #expect(throws: StoreError.groupNotFound(group)) { try await test.jobs().jobs(of: group) }
    }
}
