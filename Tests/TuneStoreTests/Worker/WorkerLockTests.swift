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
        // The util-linux program takes the same kind of lock, as another process would.
        let child = try spawn("/usr/bin/flock", ["--no-fork", test.paths.workerLock, "sleep", "600"])
        while !WorkerLock.isHeld(in: test.paths) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(throws: StoreError.self) { try WorkerLock.take(in: test.paths, patience: 0) }
        kill(child, SIGKILL)
        var status: CInt = 0
        waitpid(child, &status, 0)
        try WorkerLock.take(in: test.paths, patience: 1).release()
    }

    private func spawn(_ program: String, _ arguments: [String]) throws -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, program, nil, nil, &words, environ) == 0)
        return pid
    }
}
