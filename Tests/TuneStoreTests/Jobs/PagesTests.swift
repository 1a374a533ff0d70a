import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct PagesTests {
    private let test: TestWorkspace

    init() throws { test = try TestWorkspace() }

    @Test func jobsGoOnAfterAJob() async throws {
        try await test.addModel()
        let jobs = test.jobs()
        var ids: [JobID] = []
        for _ in 0..<5 { ids.insert(try await jobs.create(try test.request()).id, at: 0) }
        #expect(try await jobs.list(after: nil, limit: 2).map(\.id) == Array(ids[..<2]))
        #expect(try await jobs.list(after: ids[1], limit: 2).map(\.id) == Array(ids[2..<4]))
        #expect(try await jobs.list(after: ids[4], limit: 2).isEmpty)
        let stranger = JobID.random()
        await #expect(throws: StoreError.jobNotFound(stranger)) { try await jobs.list(after: stranger, limit: 1) }
    }

    @Test func eventsGoBackFromAnEvent() async throws {
        let job = try await test.runningJob()
        for number in 1...5 { try test.recorder(job).note(Wording(verbatim: "\(number)")) }
        let jobs = test.jobs()
        let all = try await jobs.events(of: job.id, after: nil).reversed().map { $0 }
        #expect(try await jobs.events(of: job.id, before: nil, limit: 3) == Array(all[..<3]))
        #expect(try await jobs.events(of: job.id, before: all[2].id, limit: 100) == Array(all[3...]))
        #expect(try await jobs.events(of: job.id, before: 1, limit: 100).isEmpty)
    }

    @Test func metadataStaysWithItsJob() async throws {
        try await test.addModel()
        var request = try test.request()
        request.metadata = ["who": "me", "why": "测试"]
        let job = try await test.jobs().create(request)
        #expect(job.metadata == request.metadata)
        #expect(try await test.jobs().job(job.id).metadata == request.metadata)
        #expect(try await test.jobs().create(try test.request()).metadata.isEmpty)
    }

    @Test func checkpointsAreThoseOnDiskTheNewestFirst() async throws {
        let job = try await test.runningJob()
        try test.recorder(job).step(.example(4))
        let folder = test.paths.job(job.id) + "/checkpoints"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["step-4.safetensors", "step-10.safetensors", "best-4.safetensors", "step-x", "notes"] {
            try "".write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        let points = try await test.jobs().checkpoints(of: job.id)
        #expect(points.map(\.step) == [10, 4])
        #expect(points[0].metrics == nil)
        #expect(points[1].metrics == .example(4))
        #expect(try await test.jobs().checkpoints(of: test.jobs().create(try test.request()).id).isEmpty)
    }
}
