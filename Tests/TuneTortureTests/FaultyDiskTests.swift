import Foundation
import Testing
import TuneTestSupport

/// The failure point moves through every file operation of a run, until one gets through without meeting it.
@Suite(.serialized) struct FaultyDiskTests {
    /// Two checkpoints and the delivery.
    private static let steps = 12
    private static let options =
        ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? [] : ["validate"]

    /// Runs with the fault at every place, and calls `body` after each run that met it.
    ///
    /// - Returns: how many places there were.
    private func forEachPlace(
        of fault: FaultyDisk.Fault, _ body: (ProbeRun, ProbeRun.Outcome, Int) throws -> Void
    ) throws -> Int {
        let run = try ProbeRun(threads: 1, steps: Self.steps, options: Self.options)
        var count = 0
        while true {
            try run.forget()
            try run.disk.set(fault, at: count + 1, onPathsWith: run.folder)
            let outcome = try run.start()
            guard !run.disk.faults.isEmpty else {
                #expect(outcome.status == 0)
                return count
            }
            count += 1
            try body(run, outcome, count)
        }
    }

    private func calm() throws -> (lines: [String], adapter: Data) {
        let run = try ProbeRun(threads: 1, steps: Self.steps, options: Self.options)
        let outcome = try run.start()
        #expect(outcome.status == 0, "\(outcome.errors)")
        return (outcome.lines, try run.adapter())
    }

    @Test(arguments: [FaultyDisk.Fault.eintr, .short])
    func whatCanBeGoneOnWithIsGoneOnWith(_ fault: FaultyDisk.Fault) throws {
        let (lines, adapter) = try calm()
        let places = try forEachPlace(of: fault) { run, outcome, place in
            #expect(outcome.status == 0, "place \(place), \(run.disk.faults): \(outcome.errors)")
            let delivered = try run.adapter()
            #expect(outcome.lines == lines)
            #expect(delivered == adapter)
            #expect(run.drafts.isEmpty)
        }
        #expect(places >= 10)
    }

    @Test(arguments: [FaultyDisk.Fault.eio, .enospc, .full])
    func aFailureIsToldAndLeavesWhatWasSavedBefore(_ fault: FaultyDisk.Fault) throws {
        let (lines, adapter) = try calm()
        var failures = 0
        let places = try forEachPlace(of: fault) { run, outcome, place in
            // A folder whose sync fails is left to its file system's own promise: the run goes on.
            if outcome.status != 0 {
                failures += 1
                #expect(outcome.status == 1, "place \(place)")
                #expect(outcome.errors.contains(run.folder), "\(outcome.errors)")
                let cause = fault == .eio ? "Input/output error" : "The disk is full"
                #expect(outcome.errors.contains(cause), "\(outcome.errors)")
                #expect(outcome.lines == Array(lines.prefix(outcome.lines.count)))
            }
            #expect(run.drafts.isEmpty)
            // The next run goes on from the newest checkpoint that was whole.
            let saved = run.checkpoints.last ?? 0
            try run.disk.clear()
            let next = try run.start()
            #expect(next.status == 0, "\(next.errors)")
            #expect(next.lines == Array(lines[saved...]))
            #expect(try run.adapter() == adapter)
            #expect(run.drafts.isEmpty && run.checkpoints.count <= 2)
        }
        #expect(places >= 30 && failures >= places * 2 / 3)
    }

    @Test func aCheckpointThatCannotBeWrittenLeavesTheOneBefore() throws {
        let run = try ProbeRun(threads: 1, steps: Self.steps)
        try run.disk.set(.full, at: 1, onPathsWith: "step-12")
        #expect(try run.start().status == 1)
        #expect(run.checkpoints == [10])
        try run.disk.clear()
        #expect(try run.start().firstStep == 11)
    }
}
