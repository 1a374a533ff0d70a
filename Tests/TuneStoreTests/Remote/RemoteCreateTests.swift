import Foundation
import GRDB
import Synchronization
import Testing
import TuneModel

@testable import TuneStore

struct RemoteCreateTests {
    @Test func jobStandsInTheWorkspaceBeforeTheServiceIsAsked() async throws {
        let remote = try RemoteTest()
        let seen = SeenJob()
        remote.service.beforeCreating.withLock { hook in
            hook = { [jobs = remote.jobs] in seen.job = try? await jobs.list(limit: 1).first }
        }
        let job = try await remote.created()
        #expect(seen.job?.status == .other("sending"))
        let (request, key) = try #require(remote.service.state.withLock { $0.requests.first })
        #expect(request.metadata == ["team": "words", "tunedeck_key": key])
        #expect(request.trainingFile == "file-train")
        #expect(job.metadata == ["team": "words"])
        #expect(job.status == .queued)
        #expect(job.origin?.preparation == remote.origin.preparation)
        #expect(job.origin?.cost?.estimatedDollars == 0.008)
    }

    @Test func idOfTheServiceIsTakenWhereItIsFree() async throws {
        let twice = JobID.random().text
        let legacy = JobID.random()
        let remote = try RemoteTest(ScriptedService(ids: [twice, legacy.legacyText, "job:4711"]))
        let first = try await remote.created()
        #expect(first.id.text == twice)
        let second = try await remote.created()
        #expect(second.id == legacy)
        let third = try await remote.created()
        #expect(third.origin?.id == "job:4711")
        for (text, job) in [(twice, first), (legacy.legacyText, second), (legacy.text, second), ("job:4711", third)] {
            #expect(try await remote.jobs.jobID(forRemote: text, service: office) == job.id)
            #expect(try await remote.jobs.jobID(forRemote: text, service: nil) == job.id)
        }
        #expect(try await remote.jobs.jobID(forRemote: third.id.text, service: nil) == third.id)
        #expect(try await remote.jobs.jobID(forRemote: "job:4711", service: ServiceName("other")) == nil)
    }

    @Test func idThatALocalJobHasIsLeftToIt() async throws {
        let test = try RemoteTest()
        try await test.test.addModel()
        let local = try await test.test.jobs().create(test.test.request())
        test.service.state.withLock { $0.ids = [local.id.text] }
        let job = try await test.created()
        #expect(job.id != local.id)
        #expect(job.origin?.id == local.id.text)
    }

    @Test func refusedJobLeavesNothing() async throws {
        let remote = try RemoteTest(ScriptedService([.refuse]))
        await #expect(throws: ScriptedFault.refused) { try await remote.created() }
        #expect(try await remote.jobs.list(limit: 10).isEmpty)
    }

    @Test func lostAnswerIsFoundByItsKeyAndNothingIsDoubled() async throws {
        let remote = try RemoteTest(ScriptedService([.loseAnswer]))
        await #expect(throws: StoreError.self) { try await remote.created() }
        let kept = try await remote.only()
        #expect(kept.status == .other("sending"))
        let name = try #require(remote.service.state.withLock { $0.runs.first?.job.id })
        remote.service.step(1, of: name)
        remote.service.succeed(name)
        try await remote.elsewhere().keepUp(kept.id)
        let job = try await remote.only()
        #expect(job.id.text == name)
        #expect(job.status == .succeeded)
        // The name that it had while it was sent still finds it.
        #expect(try await remote.jobs.job(kept.id).id == job.id)
        #expect(remote.service.state.withLock { $0.runs.count } == 1)
    }

    @Test func lostAnswerOfAServiceWithoutMetadataIsFoundByWhatWasAskedFor() async throws {
        let remote = try RemoteTest(ScriptedService([.answer, .loseAnswer]))
        remote.service.state.withLock { $0.isLegacy = true }
        let first = try await remote.created()
        var order = RemoteJobRequest(model: "big", trainingFile: "file-other", suffix: "jargon")
        remote.service.make(order)
        order.trainingFile = "file-train"
        remote.service.make(order, at: .now.addingTimeInterval(-1000))
        await #expect(throws: StoreError.self) { try await remote.created() }
        let name = try #require(remote.service.state.withLock { $0.runs.first?.job.id })
        let kept = try #require(try await remote.jobs.list(limit: 1).first)
        #expect(try await remote.elsewhere(grace: 0).refresh(kept.id).origin?.id == name)
        #expect(try await remote.jobs.list(limit: 10).count == 2)
        #expect(try await remote.jobs.job(first.id).origin?.id == first.id.text)
    }

    @Test func aStrangersJobIsNotTakenForOneOfAServiceWithMetadata() async throws {
        let remote = try RemoteTest(ScriptedService([.answer, .loseRequest]), grace: 0)
        _ = try await remote.created()
        await #expect(throws: StoreError.self) { try await remote.created() }
        remote.service.make(RemoteJobRequest(model: "big", trainingFile: "file-train", suffix: "jargon"))
        let kept = try #require(try await remote.jobs.list(limit: 1).first)
        #expect(try await remote.jobs.refresh(kept.id).failure?.code == "not_created")
    }

    @Test func jobFoundByAnotherProcessBeforeItsAnswerCameIsNotSetBack() async throws {
        let remote = try RemoteTest()
        let job = try await remote.created()
        let name = try remote.name(job)
        let early = try remote.service.run(name).job
        remote.service.succeed(name)
        try await remote.jobs.keepUp(job.id)
        _ = try await remote.test.workspace.write { db in
            try RemoteTable.accept(early, for: RemoteTable.entry(job.id, db), db)
        }
        #expect(try await remote.only().status == .succeeded)
        #expect(try await remote.jobs.entry(job.id).mirror == .done)
    }

    @Test func programKilledBeforeItsRequestWentOutLeavesAJobThatWasNotCreated() async throws {
        let remote = try RemoteTest(ScriptedService([.hang(made: false)]))
        let killed = Task { try await remote.created() }
        try await eventually("asked") { remote.service.state.withLock { !$0.requests.isEmpty } }
        killed.cancel()
        _ = await killed.result
        let kept = try await remote.only()
        #expect(kept.status == .other("sending"))
        let events = try await collected(remote.elsewhere(grace: 0).follow(kept.id, after: nil))
        #expect(events.last?.kind == .status(.failed))
        let job = try await remote.only()
        #expect(job.failure?.code == "not_created")
        #expect(remote.service.state.withLock { $0.runs.isEmpty })
    }

    @Test func programKilledBeforeTheAnswerCameLosesNoJob() async throws {
        let remote = try RemoteTest(ScriptedService([.hang(made: true)]))
        let killed = Task { try await remote.created() }
        try await eventually("made") { remote.service.state.withLock { !$0.runs.isEmpty } }
        killed.cancel()
        _ = await killed.result
        let kept = try await remote.only()
        let job = try await remote.elsewhere(grace: 0).refresh(kept.id)
        #expect(job.status == .queued)
        #expect(job.origin?.id == remote.service.state.withLock { $0.runs[0].job.id })
        #expect(try await remote.only().id == job.id)
    }

    @Test func aRequestUnderWayIsNotDeclaredMissing() async throws {
        let remote = try RemoteTest(ScriptedService([.hang(made: false)]))
        let sender = Task { try await remote.created() }
        try await eventually("asked") { remote.service.state.withLock { !$0.requests.isEmpty } }
        let kept = try await remote.only()
        let other = try remote.elsewhere(grace: 0)
        await #expect(throws: StoreError.jobBeingSent(kept.id, office)) { try await other.cancel(kept.id) }
        #expect(try await other.refresh(kept.id).status == .other("sending"))
        sender.cancel()
        _ = await sender.result
    }

    @Test func requestThatMayStillArriveIsWaitedForAndFoundLater() async throws {
        let remote = try RemoteTest(ScriptedService([.loseRequest]), grace: 0)
        await #expect(throws: StoreError.self) { try await remote.created() }
        let kept = try await remote.only()
        #expect(try await remote.elsewhere().refresh(kept.id).status == .other("sending"))
        #expect(try await remote.jobs.refresh(kept.id).failure?.code == "not_created")
        // It was under way after all.
        let late = try #require(remote.service.state.withLock { $0.requests.first?.request })
        let name = remote.service.make(late).id
        try await remote.jobs.adopt(office)
        let job = try await remote.only()
        #expect(job.origin?.id == name)
        #expect(job.status == .queued)
        #expect(job.failure == nil)
        #expect(job.finishedAt == nil)
    }

    @Test func requestThatNeverWentOutLeavesNothing() async throws {
        let remote = try RemoteTest(ScriptedService([.reachNothing]))
        await #expect(throws: ScriptedFault.unreachable) { try await remote.created() }
        #expect(try await remote.jobs.list(limit: 1).isEmpty)
    }

    @Test func filesMustBeAtTheService() async throws {
        let remote = try RemoteTest()
        let path = try remote.test.write("{}\n", to: "here.jsonl")
        let request = JobRequest(model: "big", trainingFile: path, service: office)
        await #expect(throws: StoreError.fileNotUploaded(path: path, office)) { try await remote.jobs.create(request) }
        var validated = remote.request
        validated.validationFile = path
        await #expect(throws: StoreError.fileNotUploaded(path: path, office)) {
            try await remote.jobs.create(validated, origin: remote.origin)
        }
        var nowhere = remote.request
        nowhere.service = nil
        await #expect(throws: StoreError.serviceNotNamed) { try await remote.jobs.create(nowhere) }
        #expect(try await remote.jobs.create(remote.request).origin?.trainingFile == "file-train")
    }

    @Test func aGroupWhoseSecondJobIsRefusedIsCalledOff() async throws {
        let remote = try RemoteTest(ScriptedService([.answer, .refuse]))
        await #expect(throws: ScriptedFault.refused) {
            try await remote.jobs.createGroup([remote.request, remote.request])
        }
        #expect(try await remote.only().status == .cancelled)
    }
}

private final class SeenJob: Sendable {
    private let state = Mutex<Job?>(nil)

    var job: Job? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
