import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct KeepTests {
    @Test func theWorkerLearnsOfTheWish() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        await #expect(throws: StoreError.nothingLearned(job.id)) { try await test.jobs().keep(job.id) }
        try test.recorder(job).step(.example(1))
        #expect(try await test.jobs().keep(job.id).status == .running)
        #expect(try test.recorder(job).wish() == .keep)
        try await test.jobs().keep(job.id)
        #expect(try await test.jobs().events(of: job.id, after: 3).count == 1)
        try test.recorder(job).succeed(try test.outcome(job))
        await #expect(throws: StoreError.jobFinished(job.id, .succeeded)) { try await test.jobs().keep(job.id) }
    }

    @Test func aCancellationIsNotTakenBack() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        try test.recorder(job).step(.example(1))
        try await test.jobs().keep(job.id)
        try await test.jobs().cancel(job.id)
        try await test.jobs().keep(job.id)
        #expect(try test.recorder(job).wish() == .cancel)
    }

    @Test func aLostJobStillDeliversAtItsNextStart() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        do {
            let lock = try WorkerLock.take(in: test.paths)
            defer { lock.release() }
            try test.recorder(job).step(.example(3))
            try await test.jobs().keep(job.id)
        }
        try await test.queue.requeueLost()
        #expect(try await test.jobs().job(job.id).status == .queued)
        #expect(try await test.queue.claimNext()?.job.id == job.id)
        #expect(try test.recorder(job).wish() == .keep)
    }

    @Test func aPausedJobDeliversWhenItsTurnComes() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        try test.recorder(job).step(.example(3))
        try test.recorder(job).stopped(by: .pause)
        #expect(try await test.jobs().keep(job.id).status == .queued)
        #expect(try await test.queue.claimNext()?.job.id == job.id)
        #expect(try test.recorder(job).wish() == .keep)
    }

    @Test func aWorkerThatIsAskedToEndLeavesTheWishToTheNext() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        try test.recorder(job).step(.example(3))
        try await test.jobs().keep(job.id)
        try test.recorder(job).putBack()
        #expect(try await test.queue.claimNext()?.job.id == job.id)
        #expect(try test.recorder(job).wish() == .keep)
        // Pausing means something else.
        try await test.jobs().pause(job.id)
        try test.recorder(job).stopped(by: .pause)
        try await test.jobs().resume(job.id)
        _ = try await test.queue.claimNext()
        #expect(try test.recorder(job).wish() == nil)
    }
}
