import Foundation
import Testing
import TuneTestSupport

/// The failure point moves through every file operation of editing, undoing and saving, until a run gets through without
/// meeting it. The program itself sees that a failure leaves the rows as they were.
@Suite(.serialized) struct FaultyEditorTests {
    /// Steps of a run: a few saves among them.
    private static let steps = 80

    private func forEachPlace(
        of fault: FaultyDisk.Fault, _ body: (EditorRun, Int) throws -> Void
    ) throws -> Int {
        let run = try EditorRun()
        var count = 0
        while true {
            try run.begin()
            let before = run.failures.count
            try run.disk.set(fault, at: count + 1, onPathsWith: run.folder)
            #expect(try run.start(seed: 7, count: Self.steps) == 0)
            guard !run.faults.isEmpty else {
                #expect(run.failures.count == before)
                #expect(run.saves > 0)
                return count
            }
            count += 1
            try body(run, count)
            run.forgetFailures()
        }
    }

    @Test(arguments: [FaultyDisk.Fault.eintr, .short])
    func whatCanBeGoneOnWithIsGoneOnWith(_ fault: FaultyDisk.Fault) throws {
        let places = try forEachPlace(of: fault) { run, place in
            #expect(run.failures.isEmpty, "place \(place), \(run.faults): \(run.failures)")
        }
        #expect(places >= 60)
    }

    @Test(arguments: [FaultyDisk.Fault.eio, .enospc, .full])
    func aFailureIsToldAndLosesNothing(_ fault: FaultyDisk.Fault) throws {
        var met = 0
        let places = try forEachPlace(of: fault) { run, place in
            if !run.failures.isEmpty { met += 1 }
            for failure in run.failures {
                let cause = fault == .eio ? "Input/output_error" : "The_disk_is_full"
                #expect(failure.contains(cause), "place \(place): \(failure)")
            }
        }
        // A folder whose sync fails is left to its file system's own promise.
        #expect(met >= places / 2 && places >= 100)
    }
}
