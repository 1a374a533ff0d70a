import Foundation
import Testing
import TuneTestSupport

/// An editor that is killed again and again, anywhere: no edit is lost, and the file is whole.
@Suite(.serialized) struct KilledEditorTests {
    private static let kills = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? 200 : 10_000
    /// File operations up to which a kill is aimed.
    private static let reach = 400

    @Test func noEditThatWasToldIsLost() throws {
        let run = try EditorRun()
        var generator = SystemRandomNumberGenerator()
        var (kills, killsInAWrite) = (0, 0)
        while kills < Self.kills {
            let isAimed = kills % 2 == 0
            if isAimed {
                let count = Int.random(in: 1...Self.reach, using: &generator)
                try run.disk.set(.kill, at: count, onPathsWith: run.folder)
            }
            let seconds = isAimed ? 120 : Double.random(in: 0.005...0.1, using: &generator)
            let seed = UInt64.random(in: 0...(.max), using: &generator)
            let status = try run.start(seed: seed, count: 100_000, killedAfter: seconds)
            try #require(status == 128 + SIGKILL)
            kills += 1
            if run.drafts > 0 { killsInAWrite += 1 }
            // A long history is looked at, too, but not in every run.
            if kills % 50 == 0 { try run.begin() }
        }
        #expect(run.steps > Self.kills && run.saves > 0)
        #expect(killsInAWrite > 0, "no kill hit a file that was being written")
    }
}
