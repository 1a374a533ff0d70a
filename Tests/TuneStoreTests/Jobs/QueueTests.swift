import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

struct QueueTests {
    private func queued(_ count: Int, _ test: TestWorkspace) async throws -> [JobID] {
        try await test.addModel()
        var ids: [JobID] = []
        for index in 0..<count { ids.append(try await test.jobs().create(try test.request(suffix: "\(index)")).id) }
        return ids
    }

    private func order(_ test: TestWorkspace) async throws -> [JobID] {
        try await test.jobs().list(limit: 100).filter { $0.turn != nil }
            .sorted { $0.turn ?? 0 < $1.turn ?? 0 }.map(\.id)
    }

    @Test(arguments: [
        (2, QueueMove.top, [2, 0, 1, 3]), (1, .bottom, [0, 2, 3, 1]), (1, .up, [1, 0, 2, 3]), (1, .down, [0, 2, 1, 3]),
        (0, .up, [0, 1, 2, 3]), (3, .down, [0, 1, 2, 3]),
    ])
    func aJobTakesItsNewTurnAndTheOthersKeepTheirOrder(job: Int, move: QueueMove, turns: [Int]) async throws {
        let test = try TestWorkspace()
        let ids = try await queued(4, test)
        let moved = try await test.jobs().move(ids[job], to: move)
        #expect(moved.turn == turns.firstIndex(of: job).map { $0 + 1 })
        #expect(try await order(test) == turns.map { ids[$0] })
    }

    @Test func aJobIsPutBeforeAnother() async throws {
        let test = try TestWorkspace()
        let ids = try await queued(3, test)
        try await test.jobs().move(ids[2], to: .before(ids[1]))
        #expect(try await order(test) == [ids[0], ids[2], ids[1]])
        try await test.jobs().move(ids[0], to: .before(ids[1]))
        #expect(try await order(test) == [ids[2], ids[0], ids[1]])
    }

    @Test func theWorkerTakesThemByTurnAndANewOneComesLast() async throws {
        let test = try TestWorkspace()
        let ids = try await queued(3, test)
        try await test.jobs().move(ids[2], to: .top)
        let late = try await test.jobs().create(try test.request()).id
        var taken: [JobID] = []
        while let claim = try await test.queue.claimNext() { taken.append(claim.job.id) }
        #expect(taken == [ids[2], ids[0], ids[1], late])
    }

    @Test func onlyQueuedJobsHaveATurn() async throws {
        let test = try TestWorkspace()
        let ids = try await queued(2, test)
        _ = try await test.queue.claimNext()
        let lock = try WorkerLock.take(in: test.paths)
        defer { lock.release() }
        await #expect(throws: StoreError.jobNotQueued(ids[0], .running)) {
            try await test.jobs().move(ids[0], to: .top)
        }
        await #expect(throws: StoreError.jobNotQueued(ids[0], .running)) {
            try await test.jobs().move(ids[1], to: .before(ids[0]))
        }
        #expect(try await test.jobs().job(ids[1]).turn == 1)
        #expect(try await test.jobs().job(ids[0]).turn == nil)
    }

    @Test func jobsOfAnOlderVersionKeepTheirOrder() async throws {
        let test = try TestWorkspace()
        let path = test.folder + "/old.db"
        let pool = try DatabasePool(path: path)
        try Schema.migrator.migrate(pool, upTo: "2: whether a model learned conversations")
        try await pool.write { db in
            for letter in ["a", "b"] {
                try db.execute(
                    sql: """
                        INSERT INTO jobs (id, status, model, training_file, training_copy, created_at, request)
                        VALUES (?, 'queued', 'm', '/a.jsonl', 'c', 0, '{}')
                        """, arguments: ["ftjob-" + String(repeating: letter, count: 24)])
            }
        }
        try Schema.migrator.migrate(pool)
        let places = try await pool.read { try Int.fetchAll($0, sql: "SELECT place FROM jobs ORDER BY number") }
        #expect(places == [1, 2])
    }
}
