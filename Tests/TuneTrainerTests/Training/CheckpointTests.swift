import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

@Suite(.serialized) struct CheckpointTests {
    @Test func twoAreKeptAndOnlyTheBestThatTheySpeakOf() throws {
        let tiny = TinyRun()
        let plan = tiny.plan(validation: TinyRun.contradictions) {
            ($0.epochs, $0.batchSize, $0.learningRate, $0.evalInterval) = (30, 10, 2e-2, 1)
        }
        let session = try TrainingSession(plan, rhythm: .everyStep)
        var bests: [Int?] = []
        while !session.isOver {
            _ = try session.makeStep()
            try session.writeCheckpointIfDue()
            bests.append(session.state.validation.best?.step)
            let names = try tiny.checkpoints()
            let step = session.state.step
            let expected = [step - 1, step].filter { $0 > 0 }.map { "step-\($0).safetensors" }
            #expect(names.filter { $0.hasPrefix("step-") }.sorted() == expected.sorted())
            let spoken = Set(bests.suffix(2).compactMap { $0 }).map { "best-\($0).safetensors" }
            #expect(names.filter { $0.hasPrefix("best-") }.sorted() == spoken.sorted())
        }
        #expect(bests.last! != 30)
    }

    @Test func aCheckpointWhoseBestIsDamagedFallsBackToTheOneBefore() throws {
        let (tiny, whole) = (TinyRun(), TinyRun())
        func plan(_ run: TinyRun) -> TrainingPlan {
            run.plan(validation: TinyRun.records(4)) { ($0.epochs, $0.evalInterval) = (2, 2) }
        }
        let expected = try whole.run(plan(whole))
        _ = try tiny.run(plan(tiny), after: 4)
        try tiny.damage("best-4.safetensors")
        let story = try tiny.run(plan(tiny))
        #expect(story.steps.first?.step == 4)
        #expect(story.steps.map(\.validationLoss) == expected.steps.dropFirst(3).map(\.validationLoss))
        #expect(try tiny.adapter() == whole.adapter())
    }

    @Test func whatKilledWritersLeftIsRemoved() throws {
        let tiny = TinyRun()
        _ = try tiny.run(tiny.plan(), after: 3)
        let drafts = [
            "checkpoints/step-4.safetensors.partial-77", "adapter/adapter_model.safetensors.partial-77",
            "adapter-last/adapter_config.json.partial-78",
        ].map { "\(tiny.folder)/\($0)" }
        for draft in drafts {
            try AtomicFile.makeFolder((draft as NSString).deletingLastPathComponent)
            try Data([1, 2, 3]).write(to: URL(filePath: draft))
        }
        let story = try tiny.run(tiny.plan())
        #expect(story.steps.first?.step == 4)
        #expect(drafts.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    }

    @Test func checkpointsOfOtherWorkGiveWay() throws {
        let tiny = TinyRun()
        _ = try tiny.run(tiny.plan { $0.epochs = 4 }, after: 12)
        #expect(try tiny.checkpoints() == ["step-11.safetensors", "step-12.safetensors"])
        let story = try tiny.run(tiny.plan(), after: 2)
        #expect(story.steps.map(\.step) == [1, 2])
        #expect(try tiny.checkpoints() == ["step-1.safetensors", "step-2.safetensors"])
    }

    @Test func aTurnedBitAnywhereInAFileIsSeen() throws {
        let path = NSTemporaryDirectory() + "sealed-\(UUID().uuidString).safetensors"
        let values = Numbers().matrix(1, 6)
        try SealedFile.write(["a": values], text: "{\"step\":12}", to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        let parts = [(name: "a", rows: 1, columns: 6)]
        #expect(SealedFile(path: path, parts: parts)?.text == "{\"step\":12}")
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 0x10
            try bytes.write(to: URL(filePath: path))
            // Spaces that fill the header up may become anything that still reads the same.
            guard let file = SealedFile(path: path, parts: parts) else { continue }
            let copy = Matrix(zeros: 1, 6)
            file.copy("a", to: copy)
            #expect(copy.values == values.values && file.text == "{\"step\":12}", "byte \(place)")
        }
        for count in stride(from: 0, to: whole.count, by: 3) {
            try whole.prefix(count).write(to: URL(filePath: path))
            #expect(SealedFile(path: path, parts: parts) == nil)
        }
    }

    @Test func theRhythmGoesBySteps() {
        let clock = CheckpointClock(CheckpointRhythm(steps: 10, seconds: 30, share: 0.02), step: 5, at: 100)
        #expect(!clock.isDue(after: 14, at: 101))
        #expect(clock.isDue(after: 15, at: 101))
    }

    @Test func slowStepsAreSavedByTheClock() {
        let clock = CheckpointClock(CheckpointRhythm(steps: 10, seconds: 30, share: 0.02), step: 0, at: 0)
        #expect(!clock.isDue(after: 1, at: 29))
        #expect(clock.isDue(after: 1, at: 31))
        #expect(!clock.isDue(after: 0, at: 31))
    }

    @Test func aLargeCheckpointWaitsFromTheFirstOn() {
        let rhythm = CheckpointRhythm(steps: 10, seconds: 30, share: 0.02)
        let clock = CheckpointClock(rhythm, bytes: 400_000_000, step: 0, at: 0)
        #expect(!clock.isDue(after: 10, at: 99))
        #expect(clock.isDue(after: 10, at: 101))
    }

    @Test func aSlowDiskStretchesTheRhythm() {
        var clock = CheckpointClock(CheckpointRhythm(steps: 10, seconds: 30, share: 0.02), step: 0, at: 0)
        clock.written(after: 10, from: 5, to: 6)
        #expect(!clock.isDue(after: 20, at: 6 + 49))
        #expect(clock.isDue(after: 20, at: 6 + 51))
    }
}
