import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneStore

struct LocalJobsTests {
    @Test func jobIsQueuedWithAnEventAndListedNewestFirst() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let jobs = test.jobs()
        let first = try await jobs.create(try test.request(suffix: "one"))
        let second = try await jobs.create(try test.request(suffix: "two"))
        #expect(first.status == .queued)
        #expect(try await jobs.list(limit: 10).map(\.id) == [second.id, first.id])
        #expect(try await jobs.list(limit: 1).map(\.id) == [second.id])
        #expect(try await jobs.events(of: first.id, after: nil).map(\.kind) == [.status(.queued)])
    }

    @Test func requestComesBackAsItWasGiven() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        var request = try test.request(suffix: "术语", validation: true)
        request.hyperparameters = HyperparameterRequest {
            ($0.epochs, $0.learningRate, $0.loraTargets, $0.seed) = (2, 1e-5, [.q, .v], .max)
        }
        let job = try await test.jobs().create(request)
        let again = try await test.jobs().job(job.id)
        #expect(again.request == request.hyperparameters)
        #expect(again.suffix == "术语")
        #expect(again.trainingFile == request.trainingFile)
        #expect(again.validationFile == request.validationFile)
    }

    @Test func unknownModelNamesThoseThatExist() async throws {
        let test = try TestWorkspace()
        try await test.addModel("tiny")
        let request = try test.request()
        await #expect(throws: StoreError.modelNotFound("smollm2-135m", known: ["tiny"])) {
            try await test.jobs().create(request)
        }
        #expect(try await test.jobs().list(limit: 1).isEmpty)
    }

    @Test func missingTrainingFileLeavesNothingBehind() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let path = test.folder + "/nowhere.jsonl"
        await #expect(throws: StoreError.sourceMissing(path: path)) {
            try await test.jobs().create(JobRequest(model: "smollm2-135m", trainingFile: path))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.paths.jobs).isEmpty)
    }

    @Test func folderIsNoTrainingFile() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        await #expect(throws: StoreError.sourceIsFolder(path: test.folder + "/home")) {
            try await test.jobs().create(JobRequest(model: "smollm2-135m", trainingFile: test.folder + "/home"))
        }
    }

    @Test func editingTheFileLaterDoesNotChangeTheRun() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let request = try test.request()
        _ = try await test.jobs().create(request)
        try "changed".write(toFile: request.trainingFile, atomically: true, encoding: .utf8)
        let claim = try #require(try await test.queue.claimNext())
        #expect(try String(contentsOfFile: claim.trainingPath, encoding: .utf8) == "{}\n")
        #expect(claim.trainingPath.hasSuffix(".jsonl"))
    }

    @Test func uploadedFileTrainsByItsID() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let file = try await LocalFiles(test.workspace).upload(
            try test.write("{}\n", to: "a.jsonl"), purpose: "fine-tune")
        let job = try await test.jobs().create(JobRequest(model: "smollm2-135m", trainingFile: file.id.text))
        try await LocalFiles(test.workspace).delete(file.id)
        let claim = try #require(try await test.queue.claimNext())
        #expect(job.trainingFile == file.id.text)
        #expect(try String(contentsOfFile: claim.trainingPath, encoding: .utf8) == "{}\n")
        #expect(claim.trainingPath.hasSuffix(".jsonl"))
    }

    @Test func queuedJobIsCancelledAtOnce() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let job = try await test.jobs().create(try test.request())
        #expect(try await test.jobs().cancel(job.id).status == .cancelled)
        #expect(try await test.queue.claimNext() == nil)
        await #expect(throws: StoreError.jobFinished(job.id, .cancelled)) { try await test.jobs().cancel(job.id) }
    }

    @Test func runningJobLearnsOfItsCancellationOnce() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        #expect(try test.recorder(job).wish() == nil)
        #expect(try await test.jobs().cancel(job.id).status == .running)
        try await test.jobs().cancel(job.id)
        try await test.jobs().pause(job.id)
        #expect(try test.recorder(job).wish() == .cancel)
        #expect(try await test.jobs().events(of: job.id, after: 2).count == 1)
        try test.recorder(job).stopped(by: .cancel)
        #expect(try await test.jobs().job(job.id).status == .cancelled)
    }

    @Test func pausedJobWaitsUntilItIsResumed() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let job = try await test.jobs().create(try test.request())
        #expect(try await test.jobs().pause(job.id).status == .paused)
        #expect(try await test.queue.claimNext() == nil)
        #expect(try await test.jobs().resume(job.id).status == .queued)
        #expect(try await test.queue.claimNext()?.job.id == job.id)
    }

    @Test func deletingAJobTakesItsFolderAndModel() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        await #expect(throws: StoreError.self) { try await test.jobs().delete(job.id) }
        _ = try await test.queue.claimNext()
        try test.recorder(job).succeed(try test.outcome(job))
        try await test.jobs().delete(job.id)
        #expect(!FileManager.default.fileExists(atPath: test.paths.job(job.id)))
        #expect(try await test.shelf.list().map(\.name) == ["smollm2-135m"])
        await #expect(throws: StoreError.jobNotFound(job.id)) { try await test.jobs().job(job.id) }
    }

    @Test func resultsAreTheStepsEachOnceEvenAfterAResume() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        await #expect(throws: StoreError.noResults(job.id, .running)) { try await test.jobs().results(of: job.id) }
        let recorder = test.recorder(job)
        for step in 1...4 { try recorder.step(.example(step)) }
        // From the checkpoint after step 2.
        for step in 3...5 { try recorder.step(.example(step, loss: 7)) }
        let lines = try await test.jobs().results(of: job.id).split(separator: "\n")
        #expect(lines.first.map(String.init) == Results.header)
        #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["1", "2", "3", "4", "5"])
        #expect(lines[3].contains(",7.0,"))
    }

    @Test func waitingWorkStartsAWorkerAndNoWorkDoesNot() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let launches = Mutex(0)
        let jobs = test.jobs(launcher: WorkerLauncher { _ in launches.withLock { $0 += 1 } })
        _ = try await jobs.list(limit: 1)
        #expect(launches.withLock { $0 } == 0)
        let job = try await jobs.create(try test.request())
        #expect(launches.withLock { $0 } == 1)
        _ = try await jobs.job(job.id)
        #expect(launches.withLock { $0 } == 1)
    }

    @Test func livingWorkerIsNotStartedTwice() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        let launches = Mutex(0)
        _ = try await test.jobs(launcher: WorkerLauncher { _ in launches.withLock { $0 += 1 } })
            .create(try test.request())
        #expect(launches.withLock { $0 } == 0)
    }

    @Test func workerThatCannotStartIsToldInTheEvents() async throws {
        let test = try TestWorkspace()
        try await test.addModel()
        let broken = WorkerLauncher { _ in throw StoreError.workerCannotStart(reason: "no such file") }
        let job = try await test.jobs(launcher: broken).create(try test.request())
        let events = try await test.jobs().events(of: job.id, after: 1)
        #expect(events.map(\.level) == [.warn])
        #expect(try await test.jobs().job(job.id).status == .queued)
    }
}
