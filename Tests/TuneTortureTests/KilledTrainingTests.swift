import Foundation
import Testing
import TuneTestSupport

/// A training run that is killed again and again, anywhere, is the run that was left in peace.
@Suite(.serialized) struct KilledTrainingTests {
    private static let kills = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? 20 : 500
    private static let steps = 40
    /// File operations up to which a kill is aimed: those of several checkpoints and best adapters.
    private static let reach = 120

    struct Manner: Sendable, CustomTestStringConvertible {
        let threads: Int
        let options: [String]
        var testDescription: String { "\(threads) threads \(options.joined(separator: " "))" }
    }

    @Test(arguments: [
        Manner(threads: 1, options: ["validate"]), Manner(threads: 2, options: ["validate"]),
        Manner(threads: 2, options: ["random"]),
    ])
    func everyLossAndTheAdapterAreThoseOfAnUnbrokenRun(_ manner: Manner) throws {
        let calm = try ProbeRun(threads: manner.threads, steps: Self.steps, options: manner.options)
        let begin = ContinuousClock.now
        let whole = try calm.start()
        let seconds = begin.duration(to: .now) / .seconds(1)
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(whole.lines.compactMap(ProbeRun.step) == Array(1...Self.steps))
        let expected = try calm.adapter()

        let broken = try ProbeRun(threads: manner.threads, steps: Self.steps, options: manner.options)
        var generator = SystemRandomNumberGenerator()
        var (kills, killsInAWrite, ends) = (0, 0, 0)
        var seen: Set<Int> = []
        while true {
            // The last run of all is left in peace.
            let isToBeKilled = kills < Self.kills
            let isAimedAtAWrite = isToBeKilled && kills % 2 == 0
            if isAimedAtAWrite {
                let count = Int.random(in: 1...Self.reach, using: &generator)
                try broken.disk.set(.kill, at: count, onPathsWith: broken.folder)
            } else {
                try broken.disk.clear()
            }
            let isTimed = isToBeKilled && !isAimedAtAWrite
            let run = try broken.start(killedAfter: isTimed ? Double.random(in: 0...seconds, using: &generator) : 120)
            for line in run.lines {
                let step = try #require(ProbeRun.step(of: line))
                #expect(line == whole.lines[step - 1])
                seen.insert(step)
            }
            if run.status == 0 {
                #expect(try broken.adapter() == expected)
                #expect(broken.drafts.isEmpty)
                #expect(seen == Set(1...Self.steps))
                ends += 1
                if !isToBeKilled { break }
                try broken.forget()
                seen = []
            } else {
                try #require(run.status == 128 + SIGKILL, "\(run.errors)")
                kills += 1
                if !broken.drafts.isEmpty { killsInAWrite += 1 }
            }
        }
        #expect(ends > 0 && kills == Self.kills)
        #expect(killsInAWrite > 0, "no kill hit a file that was being written")
    }

    @Test func aDraftOfAKilledRunIsGoneAfterTheNextStart() throws {
        let run = try ProbeRun(threads: 1, steps: 12)
        for count in 1...12 {
            try run.disk.set(.kill, at: count, onPathsWith: "/checkpoints/")
            #expect(try run.start().status == 128 + SIGKILL)
            let left = run.drafts
            #expect(left.count == (count == 1 ? 0 : 1) || run.checkpoints == [10])
            try run.disk.clear()
            #expect(try run.start().status == 0)
            #expect(run.drafts.isEmpty)
            #expect(run.checkpoints == [10, 12])
            try run.forget()
        }
    }
}
