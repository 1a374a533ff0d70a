import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct WorkerLockTests {
    @Test func secondWorkerIsRefusedUntilTheFirstLeaves() throws {
        let test = try TestWorkspace()
        let lock = try WorkerLock.take(in: test.paths)
        #expect(WorkerLock.isHeld(in: test.paths))
        #expect(throws: StoreError.workerRunning(pid: Int(getpid()))) {
            try WorkerLock.take(in: test.paths, patience: 0)
        }
        lock.release()
        #expect(!WorkerLock.isHeld(in: test.paths))
        try WorkerLock.take(in: test.paths, patience: 0).release()
    }

    @Test func killedProcessGivesTheLockBack() async throws {
        let test = try TestWorkspace()
        let child = Process()
        // The util-linux program takes the same kind of lock, as another process would.
        child.executableURL = URL(filePath: "/usr/bin/flock")
        child.arguments = ["--no-fork", test.paths.workerLock, "sleep", "600"]
        try child.run()
        while !WorkerLock.isHeld(in: test.paths), child.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        #expect(throws: StoreError.self) { try WorkerLock.take(in: test.paths, patience: 0) }
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        try WorkerLock.take(in: test.paths, patience: 1).release()
    }
}
