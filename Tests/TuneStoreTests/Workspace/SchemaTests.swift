import Foundation
import GRDB
import Testing
import TuneModel

@testable import TuneStore

struct SchemaTests {
    @Test func aWorkspaceOfTheFifthVersionKeepsAllOfItsJobs() async throws {
        let paths = Paths(home: NSTemporaryDirectory() + "tunestore-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        try paths.makeFolders()
        let id = JobID.random()
        let step = StepMetrics.example(1)
        do {
            let old = try DatabasePool(path: paths.database)
            try Schema.migrator.migrate(old, upTo: "5: what is wrong with a file, metadata of jobs")
            try await old.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO jobs (id, status, model, training_file, training_copy, created_at, request, place,
                            metadata)
                        VALUES (?, 'queued', 'smollm2-135m', '/a.jsonl', 'jobs/a.jsonl', 1700000000, '{}', 1,
                            '{"team":"words"}')
                        """, arguments: [id.text])
                try db.execute(
                    sql: """
                        INSERT INTO events (job, id, created_at, level, english, chinese, kind)
                        VALUES (?, 1, 1700000000, 'info', 'Queued.', '已排队。', 'message')
                        """, arguments: [id.text])
                try db.execute(
                    sql: "INSERT INTO metrics (job, step, detail) VALUES (?, 1, ?)",
                    arguments: [id.text, StoredJSON.text(step)])
            }
            try old.close()
        }
        let workspace = try Workspace(paths)
        let jobs = LocalJobs(workspace, shelf: ModelShelf(workspace), launcher: .none)
        let job = try await jobs.job(id)
        #expect(job.origin == nil)
        #expect(job.turn == 1)
        #expect(job.metadata == ["team": "words"])
        #expect(try await jobs.events(of: id, after: nil).map(\.message.english) == ["Queued."])
        #expect(try await jobs.steps(of: id) == [step])
        #expect(try await workspace.damage() == nil)
        #expect(try await JobQueue(workspace).claimNext()?.job.id == id)
        let remote = RemoteJobs(workspace) { _ in ScriptedService() }
        #expect(try await remote.list(limit: 10).isEmpty)
        #expect(try await remote.create(JobRequest(model: "m", trainingFile: "file-1", service: office)).origin != nil)
    }
}
