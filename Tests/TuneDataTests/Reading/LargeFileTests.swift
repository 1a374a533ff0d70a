import Foundation
import Testing
import TuneModel

@testable import TuneData

/// A million rows of 500 bytes, in the long form of the tests: speed as a ratio to `wc -l` in the same minute.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] != nil))
struct LargeFileTests {
    private static let rows = 1_000_000

    private func file(_ scratch: Scratch) throws -> String {
        let path = try scratch.file("d.jsonl", "")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let answer = String(repeating: "y", count: 450)
        for start in stride(from: 0, to: Self.rows, by: 10_000) {
            let lines = pairs((start..<start + 10_000).map { ("question \($0)", answer) })
            try file.write(contentsOf: Data(lines.utf8))
        }
        try file.close()
        return path
    }

    /// The fastest of some tries, in seconds.
    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<5 {
            let start = ContinuousClock.now
            try body()
            let time = ContinuousClock.now - start
            best = min(best, Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18)
        }
        return best
    }

    @Test func theFirstScreenComesAtOnceAndTheIndexAtTheSpeedOfCounting() throws {
        let scratch = try Scratch()
        let path = try file(scratch)
        let counting = try seconds {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/wc")
            process.arguments = ["-l", path]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
        }
        let indexing = try seconds {
            let dataset = try Dataset(opening: path)
            #expect(dataset.count == Self.rows)
        }
        let head = try seconds {
            let dataset = try Dataset(headOf: path, rows: 200, ReadingOptions())
            let rows = try dataset.rows(in: 0..<200)
            #expect(rows.count == 200)
        }
        print("wc -l \(counting) s, index \(indexing) s, first rows \(head) s")
        #expect(head < 0.1)
        #expect(indexing < 2 * counting)
    }
}
