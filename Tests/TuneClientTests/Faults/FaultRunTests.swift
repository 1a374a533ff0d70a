import Foundation
import Synchronization
import Testing
import TuneModel

@testable import TuneClient

/// Every fault at every place, by seeds: 1,000 runs, and 10,000 with `TUNEDECK_TORTURE=1`.
@Suite struct FaultRunTests {
    @Test func nothingHangsIsLostDoubledOrLeaked() async throws {
        let runs = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == "1" ? 10_000 : 1_002
        let strangers = Mutex<[[String: String]]>([])
        let thief = try FaultServer { asked in
            strangers.withLock { $0.append(asked.headers) }
            return FakeService.missing
        }
        defer { thief.stop() }
        let complaints = try await withThrowingTaskGroup(of: [String].self) { group in
            var found: [String] = []
            for seed in 0..<runs {
                if seed >= 16 { found += try await group.next() ?? [] }
                group.addTask { await (try FaultRun(seed: seed, thief: thief)).play() }
            }
            for try await more in group { found += more }
            return found
        }
        #expect(complaints.isEmpty, "\(complaints.count): \(complaints.prefix(12).joined(separator: "\n"))")
        let leaks = strangers.withLock { $0 }.filter { headers in
            headers.contains {
                $0.key == "authorization" || $0.value.contains(FaultRun.key) || $0.key == "idempotency-key"
            }
        }
        #expect(leaks.isEmpty, "\(leaks.prefix(3))")
    }
}
