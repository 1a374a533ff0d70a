import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

@Suite(.serialized) struct RecordLossesTests {
    @Test func everyRecordIsToldOnceWithItsNewestUpdate() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan())
        #expect(story.losses.map(\.record) == Array(0..<10))
        #expect(Set(story.losses.map(\.step)) == [5, 6, 7, 8])
        // The steps of the last pass are made of these records.
        for step in story.steps.suffix(4) {
            let part = story.losses.filter { $0.step == step.step }
            let tokens = part.reduce(0) { $0 + $1.tokens }
            let loss = part.reduce(0) { $0 + $1.loss * Double($1.tokens) } / Double(tokens)
            #expect(abs(loss / step.trainingLoss - 1) < 1e-6)
            #expect(Double(part.reduce(0) { $0 + $1.right }) / Double(tokens) == step.trainingTokenAccuracy)
        }
    }

    @Test func recordsNotMetAreLeftOut() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan { $0.maxSteps = 2 })
        #expect(story.losses.count == 6)
    }

    @Test func aResumedRunTellsAllOfThem() throws {
        let (whole, halved) = (TinyRun(), TinyRun())
        let expected = try whole.run(whole.plan()).losses
        _ = try halved.run(halved.plan(), after: 6)
        #expect(try halved.run(halved.plan()).losses == expected)
    }
}
