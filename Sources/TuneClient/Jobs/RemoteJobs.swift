import Foundation
import TuneModel

/// The jobs of a service, in either form of the protocol.
struct RemoteJobs: RemoteJobService {
    let line: Line
    let files: RemoteFiles
    let doubts = Doubts()
    private let finder: DialectFinder

    init(line: Line, files: RemoteFiles) {
        self.line = line
        self.files = files
        finder = DialectFinder(line)
    }

    func dialect() async throws -> ServiceProfile.Dialect { try await finder.dialect() }

    func list(after last: String?, limit: Int) async throws -> (jobs: [RemoteJob], hasMore: Bool) {
        switch try await dialect() {
        case .legacy:
            // The older form has no pages: it gives all, in an order that differs.
            let all = try await read(Call.get("fine-tunes")).sorted { $0.createdAt > $1.createdAt }
            let rest = last.map { last in all.drop { $0.id != last }.dropFirst() } ?? all[...]
            return (Array(rest.prefix(limit)), rest.count > limit)
        case .modern, .auto:
            let query = [("limit", "\(max(1, min(limit, 100)))")] + (last.map { [("after", $0)] } ?? [])
            let answer = try await page(.get("fine_tuning", "jobs", query: query))
            let jobs = answer["data"].list?.compactMap(RemoteJob.init) ?? []
            return (jobs, answer["has_more"].isTrue && !jobs.isEmpty)
        }
    }

    func job(_ id: String) async throws -> RemoteJob {
        try job(of: try await line.json(Call(path: try await path(of: id))))
    }

    func cancel(_ id: String) async throws -> RemoteJob { try await change(id, "cancel") }

    func pause(_ id: String) async throws -> RemoteJob {
        guard try await dialect() != .legacy else { throw ServiceFault.unsupported(part: "pause") }
        return try await change(id, "pause")
    }

    func resume(_ id: String) async throws -> RemoteJob {
        guard try await dialect() != .legacy else { throw ServiceFault.unsupported(part: "resume") }
        return try await change(id, "resume")
    }

    func checkpoints(of id: String) async throws -> [RemoteCheckpoint] {
        guard try await dialect() != .legacy else { return [] }
        var found: [RemoteCheckpoint] = []
        var after: String?
        repeat {
            let query = [("limit", "100")] + (after.map { [("after", $0)] } ?? [])
            let answer = try await page(.get("fine_tuning", "jobs", id, "checkpoints", query: query))
            let new = (answer["data"].list ?? []).compactMap(RemoteCheckpoint.init)
                .filter { one in !found.contains { $0.id == one.id } }
            found += new
            after = answer["has_more"].isTrue ? new.last?.id : nil
        } while after != nil
        return found
    }

    func results(of id: String) async throws -> [StepMetrics] {
        var steps: [StepMetrics] = []
        for file in try await job(id).resultFiles {
            steps += ResultsReading.steps(try await files.bytes(of: file))
        }
        return ResultsReading.ordered(steps)
    }

    // MARK: - Shared by its other parts

    func path(of id: String) async throws -> [String] {
        try await dialect() == .legacy ? ["fine-tunes", id] : ["fine_tuning", "jobs", id]
    }

    func job(of json: JSON) throws -> RemoteJob {
        guard let job = RemoteJob(json) else {
            throw ServiceFault.badAnswer(host: line.host, detail: Wording("it tells of no job", "其中没有任务信息"))
        }
        return job
    }

    /// An answer with a list in it.
    func page(_ call: Call) async throws -> JSON {
        let answer = try await line.json(call)
        guard answer["data"].list != nil else {
            throw ServiceFault.badAnswer(host: line.host, detail: Wording("it has no list", "其中没有列表"))
        }
        return answer
    }

    private func read(_ call: Call) async throws -> [RemoteJob] {
        try await page(call)["data"].list?.compactMap(RemoteJob.init) ?? []
    }

    /// Asking twice for the same change comes to the same.
    private func change(_ id: String, _ verb: String) async throws -> RemoteJob {
        let path = try await path(of: id) + [verb]
        return try job(of: try await line.json(Call(method: .post, path: path)))
    }
}
