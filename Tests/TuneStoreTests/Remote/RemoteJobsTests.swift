import Foundation
import GRDB
import Synchronization
import Testing
import TuneModel

@testable import TuneStore

struct RemoteJobsTests {
    @Test func wishesGoToTheServiceAndThenIntoTheWorkspace() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        #expect(try await remote.jobs.pause(job.id).status == .paused)
        #expect(try remote.service.run(try remote.name(job)).job.status == .paused)
        #expect(try await remote.elsewhere().job(job.id).status == .paused)
        #expect(try await remote.jobs.resume(job.id).status == .running)
        #expect(try await remote.jobs.cancel(job.id).status == .cancelled)
        await #expect(throws: StoreError.jobFinished(job.id, .cancelled)) { try await remote.jobs.cancel(job.id) }
        await #expect(throws: StoreError.jobNotPaused(job.id, .cancelled)) { try await remote.jobs.resume(job.id) }
        // What else the service tells of it still comes in.
        remote.service.change(try remote.name(job)) { $0.events = [.step(1)] }
        _ = try await collected(remote.jobs.follow(job.id, after: nil))
        #expect(try await remote.jobs.steps(of: job.id).count == 1)
        #expect(try await remote.jobs.job(job.id).status == .cancelled)
    }

    @Test func aWishThatTheServiceRefusesChangesNothing() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        remote.service.state.withLock { $0.faults = [.away] }
        await #expect(throws: ScriptedFault.away) { try await remote.jobs.cancel(job.id) }
        #expect(try await remote.jobs.job(job.id).status == .queued)
    }

    @Test func whatAServiceCannotDoIsExplained() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        await #expect(throws: StoreError.serviceCannot(.keeping, job.id, office)) { try await remote.jobs.keep(job.id) }
        await #expect(throws: StoreError.serviceCannot(.moving, job.id, office)) {
            try await remote.jobs.move(job.id, to: .top)
        }
        await #expect(throws: StoreError.noResults(job.id, .queued)) { try await remote.jobs.results(of: job.id) }
        #expect(try await remote.jobs.samples(of: job.id).isEmpty)
    }

    @Test func anEndedJobIsForgottenHereAndStaysForgotten() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        await #expect(throws: StoreError.jobNotFinished(job.id, .queued)) { try await remote.jobs.delete(job.id) }
        remote.service.succeed(try remote.name(job))
        try await remote.jobs.keepUp(job.id)
        try await remote.jobs.delete(job.id)
        #expect(try await remote.jobs.list(limit: 1).isEmpty)
        #expect(try await remote.jobs.adopt(office).isEmpty)
        await #expect(throws: StoreError.jobNotFound(job.id)) { try await remote.jobs.job(job.id) }
    }

    @Test func jobsOfTheServiceThatNobodyKnewAreTakenIn() async throws {
        let remote = try RemoteTest()
        let own = try await remote.created()
        let foreign = RemoteJobRequest(model: "big", trainingFile: "file-theirs", metadata: ["who": "them"])
        let old = remote.service.make(foreign, status: .succeeded, at: Date(timeIntervalSince1970: 1_000_000_000))
        remote.service.change(old.id) {
            $0.isOver = true
            $0.events = [.step(1), .step(2)]
        }
        let new = remote.service.make(foreign, status: .running, at: .now.addingTimeInterval(60))
        #expect(try await remote.jobs.adopt(office).map(\.id.text) == [new.id, old.id])
        #expect(try await remote.elsewhere().adopt(office).isEmpty)
        #expect(try await remote.jobs.list(limit: 10).map(\.id.text) == [new.id, own.id.text, old.id])
        #expect(try await remote.jobs.list(after: own.id, limit: 10).map(\.id.text) == [old.id])
        let taken = try await remote.jobs.job(try #require(JobID(old.id)))
        #expect(taken.trainingFile == "file-theirs")
        #expect(taken.metadata == ["who": "them"])
        #expect(taken.status == .succeeded)
        // One that was over when it was found is fetched when somebody looks at it, not before.
        #expect(
            try await remote.test.workspace.read { try RemoteTable.due($0).map(\.id.text) }.contains(old.id) == false)
        let events = try await collected(remote.jobs.follow(taken.id, after: nil))
        #expect(events.filter { if case .metrics = $0.kind { true } else { false } }.count == 2)
    }

    @Test func longListsAreReadPageByPage() async throws {
        let remote = try RemoteTest()
        let foreign = RemoteJobRequest(model: "big", trainingFile: "file-theirs")
        for number in 0..<250 {
            remote.service.make(
                foreign, status: .succeeded, at: Date(timeIntervalSince1970: 1_000_000_000 + Double(number)))
        }
        #expect(try await remote.jobs.adopt(office, limit: 120).count == 120)
        #expect(try await remote.jobs.adopt(office, limit: 1000).count == 130)
    }

    @Test func jobTakenInBeforeItsOwnAnswerCameStandsOnce() async throws {
        let remote = try RemoteTest()
        // A service that keeps no metadata: its list does not tell whose the job is.
        let name = JobID.random().text
        remote.service.state.withLock { $0.ids = [name] }
        remote.service.beforeCreating.withLock { hook in
            hook = { [service = remote.service, jobs = remote.jobs] in
                service.state.withLock { state in
                    let job = RemoteJob(
                        id: name, status: .queued, model: "big", trainingFile: "file-train", createdAt: .now)
                    state.runs.insert(ScriptedService.Run(job: job), at: 0)
                }
                _ = try? await jobs.adopt(office)
            }
        }
        let job = try await remote.created()
        #expect(job.id.text == name)
        #expect(try await remote.only().origin?.preparation == remote.origin.preparation)
    }

    @Test func refreshingDoesNotWaitForANetworkThatIsAway() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        remote.service.state.withLock { $0.faults = [.away] }
        await #expect(throws: ScriptedFault.away) { try await remote.jobs.refresh(job.id) }
        remote.service.change(try remote.name(job)) { $0.results = [.example(1)] }
        remote.service.succeed(try remote.name(job))
        // A service without checkpoints is none the worse for it.
        remote.service.state.withLock { $0.faults = [nil, .gone] }
        #expect(try await remote.jobs.refresh(job.id).status == .succeeded)
        #expect(try await remote.jobs.steps(of: job.id).count == 1)
    }

    @Test func aServiceThatIsNotConfiguredAnyMoreIsNamedOnlyWhereItIsNeeded() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let orphaned = RemoteJobs(remote.test.workspace) { _ in throw ScriptedFault.refused }
        #expect(try await orphaned.job(job.id).id == job.id)
        await #expect(throws: ScriptedFault.refused) { try await orphaned.cancel(job.id) }
        await #expect(throws: ScriptedFault.refused) { try await orphaned.keepUp(job.id) }
        var events: [JobEvent] = []
        await #expect(throws: ScriptedFault.refused) {
            for try await chunk in orphaned.follow(job.id, after: nil) { events += chunk }
        }
        #expect(!events.isEmpty)
    }
}
