import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct LearnedTests {
    private func sample(_ step: Int, _ prompt: String = "p", _ answer: String = "a") -> SampleAnswer {
        SampleAnswer(step: step, prompt: prompt, answer: answer)
    }

    @Test func samplesAreKeptAndFollowed() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let told = [sample(0), sample(5, "p", "b\n“c”"), sample(5, "q")]
        for one in told { try test.recorder(job).sample(one) }
        #expect(try await test.jobs().samples(of: job.id) == told)
        let events = try await test.jobs().events(of: job.id, after: 2)
        #expect(events.map(\.kind) == told.map(JobEvent.Kind.sample))
    }

    @Test func aRunThatGoesBackToItsCheckpointReplacesItsSamples() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        for step in [1, 2, 3] { try test.recorder(job).sample(sample(step, "p", "old")) }
        try test.recorder(job).sample(sample(2, "p", "new"))
        #expect(try await test.jobs().samples(of: job.id) == [sample(1, "p", "old"), sample(2, "p", "new")])
    }

    private func losses(_ count: Int) -> RecordLosses {
        RecordLosses(
            losses: (0..<count).map {
                RecordLoss(record: $0, loss: Double(Float($0) / 7), tokens: $0 % 90, right: $0 % 50, step: $0 % 1000)
            }, digests: (0..<count).map { UInt64($0) &* 0x9e37_79b9_7f4a_7c15 })
    }

    @Test func lossesComeBackAsTheyWereTold() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        await #expect(throws: StoreError.noLosses(job.id, .running)) { try await test.jobs().recordLosses(of: job.id) }
        var told = losses(3)
        told.losses[1].loss = .nan
        try test.recorder(job).losses(losses(9))
        try test.recorder(job).losses(told)
        let read = try await test.jobs().recordLosses(of: job.id)
        #expect(read.losses[1].loss.isNaN)
        #expect(read.losses[2] == told.losses[2] && read.digests == told.digests)
    }

    @Test func aMillionRecordsAreQuick() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let told = losses(1_000_000)
        let start = ContinuousClock.now
        try test.recorder(job).losses(told)
        let read = try await test.jobs().recordLosses(of: job.id)
        let column = read.column(for: told.digests)
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(read == told)
        #expect(column[999_999] == Float(999_999) / 7)
    }

    @Test func theNewestJobThatSucceededOnAFileTellsItsLosses() async throws {
        let test = try TestWorkspace()
        let first = try await test.runningJob()
        let file = first.trainingFile
        #expect(try await test.jobs().newestLosses(on: file) == nil)
        try test.recorder(first).losses(losses(2))
        try test.recorder(first).succeed(try test.outcome(first))
        _ = try await test.jobs().create(try test.request())
        let second = try #require(try await test.queue.claimNext()?.job)
        try test.recorder(second).losses(losses(3))
        #expect(try await test.jobs().newestLosses(on: file)?.job.id == first.id)
        try test.recorder(second).succeed(try test.outcome(second))
        #expect(try await test.jobs().newestLosses(on: file)?.job.id == second.id)
        #expect(try await test.jobs().newestLosses(on: "/other.jsonl") == nil)
        try await test.jobs().delete(second.id)
        #expect(try await test.jobs().newestLosses(on: file)?.losses == losses(2))
    }

    @Test func aWholeModelIsAskedAndTrainedFromByItsOwnWeights() async throws {
        let test = try TestWorkspace()
        let job = try await test.runningJob()
        let weights = test.paths.job(job.id) + "/model.gguf"
        try "weights".write(toFile: weights, atomically: true, encoding: .utf8)
        let name = try test.recorder(job).succeed(
            JobOutcome(
                base: "smollm2-135m", suffix: "whole", delivery: .model(path: weights), separator: nil, ending: nil,
                trainedTokens: 1))
        let model = try await test.shelf.find(name)
        #expect(model.weightsPath == weights && model.adapterFolder == nil)
        #expect(!model.isBase && model.base == "smollm2-135m" && model.foundation == name)
        #expect(model.card.bytes == 7)

        // An adapter learned on it belongs to it, and its name does not grow.
        _ = try await test.jobs().create(JobRequest(model: name, trainingFile: try test.request().trainingFile))
        let next = try #require(try await test.queue.claimNext()?.job)
        let adapter = test.paths.job(next.id) + "/adapter"
        try FileManager.default.createDirectory(atPath: adapter, withIntermediateDirectories: true)
        let second = try test.recorder(next).succeed(
            JobOutcome(
                base: name, suffix: "again", delivery: .adapter(folder: adapter), separator: nil, ending: nil,
                trainedTokens: 1))
        #expect(second.hasPrefix("ft:smollm2-135m:personal:again:"))
        let onTop = try await test.shelf.find(second)
        #expect(onTop.weightsPath == weights && onTop.adapterFolder == adapter)
        await #expect(throws: StoreError.modelHasOffspring(name, [second])) { try await test.shelf.delete(name) }
        try await test.shelf.delete(second)
        try await test.shelf.delete(name)
        #expect(!FileManager.default.fileExists(atPath: weights))
    }

    @Test func aFolderGoesOntoTheShelfPartByPart() async throws {
        let test = try TestWorkspace()
        let folder = test.folder + "/hf"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["config.json", "model.safetensors", "README.md"] {
            try name.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        let model = try await test.shelf.add(folder, name: "hf", parts: ["config.json", "model.safetensors"])
        #expect(model.weightsPath == test.paths.model("hf"))
        #expect(model.card.bytes == 28)
        let kept = try FileManager.default.contentsOfDirectory(atPath: model.weightsPath).sorted()
        #expect(kept == ["config.json", "model.safetensors"])
        try await test.shelf.delete("hf")
        #expect(!FileManager.default.fileExists(atPath: model.weightsPath))
    }
}
