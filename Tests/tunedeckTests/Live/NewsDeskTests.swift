import Foundation
import Testing
import TuneControl
import TuneModel
import TuneStore
import TuneTrainer

@testable import tunedeck

/// What the trainer tells is written down, and what a person wishes reaches it; the trainer itself has no part in it.
struct NewsDeskTests {
    /// A job that a worker has taken, in a workspace of its own.
    private final class Bench {
        let folder = NSTemporaryDirectory() + "news-\(UUID().uuidString)"
        let jobs: LocalJobs
        let claim: JobQueue.Claim
        let recorder: JobRecorder
        let lock: WorkerLock

        init(records: Int, split: Double? = nil) async throws {
            let paths = Paths(home: folder)
            let workspace = try Workspace(paths)
            let shelf = ModelShelf(workspace)
            jobs = LocalJobs(workspace, shelf: shelf, launcher: .none)
            try "weights".write(toFile: folder + "/m.gguf", atomically: true, encoding: .utf8)
            _ = try await shelf.add(folder + "/m.gguf", name: "m")
            let lines = (0..<records).map { #"{"prompt":"What is \#($0)?","completion":" It is \#($0)."}"# + "\n" }
            try lines.joined().write(toFile: folder + "/train.jsonl", atomically: true, encoding: .utf8)
            let request = JobRequest(
                model: "m", trainingFile: folder + "/train.jsonl",
                hyperparameters: HyperparameterRequest { $0.validationShare = split })
            _ = try await jobs.create(request)
            claim = try #require(try await JobQueue(workspace).claimNext())
            recorder = JobRecorder(workspace, job: claim.job.id)
            lock = try WorkerLock.take(in: paths)
        }

        deinit {
            lock.release()
            try? FileManager.default.removeItem(atPath: folder)
        }

        func desk() throws -> NewsDesk {
            NewsDesk(
                recorder: recorder, log: TrainingLog(folder: claim.folder), call: EndCall(),
                rows: TrainedRows(path: claim.trainingPath, rows: try JobRecords(of: claim).rows))
        }
    }

    private func step(_ number: Int) -> StepMetrics {
        StepMetrics(
            step: number, totalSteps: 9, epoch: 1, elapsedTokens: 1, elapsedExamples: 1, trainingLoss: 2,
            trainingTokenAccuracy: 0.5, trainingSequenceAccuracy: 0, learningRate: 1, gradientNorm: 1,
            tokensPerSecond: 8, secondsLeft: 1, peakMemoryMB: 1)
    }

    @Test func samplesAndFactsAreWrittenDown() async throws {
        let bench = try await Bench(records: 4)
        let desk = try bench.desk()
        let sample = SampleAnswer(step: 3, prompt: "What is 1?", answer: " One.")
        desk.report(.read(TrainingFacts(examples: 4)))
        desk.report(.sample(sample))
        try desk.throwIfUnwritable()
        #expect(try await bench.jobs.samples(of: bench.claim.job.id) == [sample])
        #expect(try await bench.jobs.job(bench.claim.job.id).facts == TrainingFacts(examples: 4))
    }

    @Test func lossesAreToldByRowOfTheFileEvenWhenSomeAreHeldOut() async throws {
        let bench = try await Bench(records: 20, split: 0.25)
        let records = try JobRecords(of: bench.claim)
        #expect(records.rows.count == 15 && records.validation?.count == 5)
        let desk = try bench.desk()
        let told = records.rows.indices.map {
            RecordLoss(record: $0, loss: Double($0), tokens: 3, right: 1, step: 2)
        }
        desk.report(.recordLosses(told))
        try desk.throwIfUnwritable()
        let kept = try await bench.jobs.recordLosses(of: bench.claim.job.id)
        #expect(kept.losses.map(\.record) == records.rows)
        #expect(kept.losses.map(\.loss) == told.map(\.loss))
    }

    @Test func anEditedFileShowsNoWrongLosses() async throws {
        let bench = try await Bench(records: 3)
        let desk = try bench.desk()
        desk.report(
            .recordLosses((0..<3).map { RecordLoss(record: $0, loss: Double($0), tokens: 1, right: 0, step: 1) }))
        desk.report(.delivered(.adapter(folder: bench.claim.folder), trainedTokens: 1))
        try bench.recorder.succeed(
            JobOutcome(
                base: "m", suffix: nil, delivery: .adapter(folder: bench.claim.folder), separator: nil, ending: nil,
                trainedTokens: 1))
        let path = bench.folder + "/train.jsonl"
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        lines[1] = #"{"prompt":"What is 1?","completion":" Something else."}"#
        lines.insert(#"{"prompt":"new","completion":" new"}"#, at: 0)
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let column = try #require(try await bench.jobs.lossColumn(of: path))
        #expect((0..<4).map { column[$0] } == [nil, 0, nil, 2])
        #expect(column.worstFirst == [3, 1, 0, 2])
    }

    @Test func wishesReachTheTrainer() async throws {
        let bench = try await Bench(records: 3)
        let desk = try bench.desk()
        #expect(desk.shouldStop() == nil)
        desk.report(.step(step(1)))
        try await bench.jobs.pause(bench.claim.job.id)
        #expect(desk.shouldStop() == .pause)
        try await bench.jobs.keep(bench.claim.job.id)
        #expect(desk.shouldStop() == .keep)
        try await bench.jobs.cancel(bench.claim.job.id)
        #expect(desk.shouldStop() == .cancel)
    }
}
