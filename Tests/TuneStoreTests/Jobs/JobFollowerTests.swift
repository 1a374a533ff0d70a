import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

struct JobFollowerTests {
    @Test func eventsWrittenMeanwhileArriveOnceAndInOrder() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        // A second workspace on the same folder is what another process would be.
        let writer = JobRecorder(try Workspace(test.paths), job: job.id)
        let stream = test.jobs().follow(job.id, after: nil)
        let outcome = try test.outcome(job)
        async let writing: Void = Task.detached {
            for step in 1...1200 { try writer.step(.example(step, of: 1200)) }
            try writer.succeed(outcome)
        }.value
        var ids: [Int] = []
        var last: JobEvent?
        for try await chunk in stream {
            ids += chunk.map(\.id)
            last = chunk.last
        }
        try await writing
        #expect(ids == Array(1...1203))
        #expect(last?.kind == .status(.succeeded))
    }

    @Test func followingGoesOnAfterTheLastSeenEvent() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        for step in 1...5 { try test.recorder(job).step(.example(step)) }
        try test.recorder(job).fail(JobFailure(code: "x", explanation: StoreError.noHome.explanation))
        var ids: [Int] = []
        for try await chunk in test.jobs().follow(job.id, after: 4) { ids += chunk.map(\.id) }
        #expect(ids == [5, 6, 7, 8])
    }

    @Test func unknownJobEndsWithAnError() async throws {
        let test = try TestWorkspace()
        let id = JobID.random()
        await #expect(throws: StoreError.jobNotFound(id)) {
            for try await _ in test.jobs().follow(id, after: nil) {}
        }
    }

    @Test func jobDeletedMeanwhileEndsTheFollowing() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        await #expect(throws: StoreError.jobDeleted(job.id)) {
            for try await _ in test.jobs().follow(job.id, after: nil) {
                try await test.workspace.write { try $0.execute(sql: "DELETE FROM jobs") }
            }
        }
    }

    @Test func workerThatDiesBeforeItsFirstWordIsReported() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let job = try await test.jobs().create(try test.request())
        let keeper = WorkerKeeper(test.workspace, .none, patience: .zero)
        let follower = JobFollower(workspace: test.workspace, keeper: keeper, id: job.id)
        await #expect(throws: StoreError.workerKeepsDying(log: test.paths.workerLog)) {
            for try await _ in follower.stream(after: 0) {}
        }
    }
}
