import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct WorkerLauncherTests {
    /// What a program started by the launcher wrote to the worker's log, once it has ended.
    private func log(of script: String, in test: TestWorkspace) async throws -> String {
        try WorkerLauncher.detached(program: "/bin/sh", arguments: ["-c", script + "; echo end"]).launch(test.paths)
        while true {
            let text = (try? String(contentsOfFile: test.paths.workerLog, encoding: .utf8)) ?? ""
            if text.hasSuffix("end\n") { return text }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func workerLeadsASessionOfItsOwn() async throws {
        let test = try TestWorkspace()
        let text = try await log(of: "cut -d' ' -f 1,6 /proc/$$/stat", in: test)
        let ids = text.split(separator: "\n")[0].split(separator: " ")
        #expect(ids.count == 2 && ids[0] == ids[1])
    }

    @Test func workerKnowsItsWorkspace() async throws {
        let test = try TestWorkspace()
        #expect(try await log(of: "echo $TUNEDECK_HOME", in: test).hasPrefix(test.paths.data + "\n"))
    }

    @Test func workerInheritsNoOpenFiles() async throws {
        let test = try TestWorkspace()
        let secret = test.folder + "/secret"
        let descriptor = open(secret, O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        #expect(try await log(of: "ls -l /proc/$$/fd", in: test).contains("secret") == false)
    }

    @Test func workerThatHasEndedLeavesTheProcessTable() async throws {
        let test = try TestWorkspace()
        let id = try #require(pid_t(try await log(of: "echo $$", in: test).split(separator: "\n")[0]))
        let end = ContinuousClock.now + .seconds(20)
        // A zombie would still take the signal.
        while kill(id, 0) == 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
        #expect(kill(id, 0) == -1)
    }

    @Test func programThatIsNotThereIsExplained() throws {
        let test = try TestWorkspace()
        #expect(throws: StoreError.self) {
            try WorkerLauncher.detached(program: "/nowhere/tunedeck").launch(test.paths)
        }
    }
}
