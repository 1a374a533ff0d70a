import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct JobQueueTests {
    @Test func oldestJobComesFirstAndEachOnlyOnce() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let first = try await test.jobs().create(try test.request())
        let second = try await test.jobs().create(try test.request())
        #expect(try await test.queue.claimNext()?.job.id == first.id)
        #expect(try await test.queue.claimNext()?.job.id == second.id)
        #expect(try await test.queue.claimNext() == nil)
        let job = try await test.jobs().workspace.read { try JobTable.job(first.id, $0) }
        #expect(job.status == .running)
        #expect(job.startedAt != nil)
    }

    @Test func jobOfALostWorkerGoesBackToTheQueue() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        try test.recorder(job).step(.example(3))
        #expect(try await test.queue.requeueLost() == [job.id])
        let events = try await test.jobs().events(of: job.id, after: 3)
        #expect(events.map(\.kind) == [.status(.queued)])
        #expect(events.map(\.level) == [.warn])
        #expect(try await test.queue.claimNext()?.job.id == job.id)
    }

    @Test func anyReaderBringsALostJobBack() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        #expect(try await test.jobs().list(limit: 1).map(\.status) == [.queued])
        #expect(try await test.queue.claimNext()?.job.id == job.id)
    }

    @Test func jobThatKeepsLosingItsWorkerFailsWithTheReason() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        for _ in 0..<3 {
            try await test.queue.requeueLost()
            #expect(try await test.queue.claimNext()?.job.id == job.id)
        }
        try await test.queue.requeueLost()
        let failed = try await test.jobs().job(job.id)
        #expect(failed.status == .failed)
        #expect(failed.failure?.code == "worker_lost")
        #expect(failed.finishedAt != nil)
    }

    @Test func progressBetweenLossesKeepsAJobAlive() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        for step in 1...8 {
            try test.recorder(job).step(.example(step))
            try await test.queue.requeueLost()
            #expect(try await test.queue.claimNext()?.job.id == job.id)
        }
    }

    @Test func wishOfALostJobIsGranted() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        try await test.jobs().cancel(job.id)
        lock.release()
        #expect(try await test.jobs().job(job.id).status == .cancelled)
    }

    @Test func workerThatHasToLeavePutsItsJobBack() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        try test.recorder(job).putBack()
        #expect(try await test.queue.isEmpty() == false)
        #expect(try await test.queue.claimNext()?.job.id == job.id)
    }
}
