import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct JobsList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: told("List jobs, newest first.", "列出任务，最新的在前。"))
    }

    @Option(help: help("At most this many.", "最多列出的个数。", name: "n"))
    var limit = 20
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if limit < 1 { throw usage("--limit has to be at least 1.", "--limit 至少为 1。") }
    }

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let found = try await list(on: desk, console)
        let jobs = found.prefix(limit)
        if common.json {
            return console.print(.list(of: jobs.map(\.json), hasMore: found.count > limit))
        }
        if jobs.isEmpty {
            return console.say(
                Wording(
                    "No jobs yet. `tunedeck jobs create -t FILE -m smollm2-135m` starts one.",
                    "还没有任务。运行 `tunedeck jobs create -t 文件 -m smollm2-135m` 启动一个。"))
        }
        let hasSweeps = jobs.contains { $0.group != nil }
        console.table(jobs.map { row($0, hasSweeps: hasSweeps) })
    }

    /// Everything that is known here; of one service only where it was named, and then with what it has beside.
    private func list(on desk: Desk, _ console: Console) async throws -> [Job] {
        if service.name == nil {
            await desk.refresh(try await desk.allJobs.list(limit: limit), console)
            return try await desk.allJobs.list(limit: limit + 1)
        }
        guard let name = try await service.chosen(on: desk, console) else {
            return try await desk.jobs.list(limit: limit + 1)
        }
        try await desk.allJobs.remote.adopt(name, limit: max(limit, 200))
        var jobs: [Job] = []
        var last: JobID?
        while jobs.count <= limit {
            let page = try await desk.allJobs.remote.list(after: last, limit: 200)
            jobs += page.filter { $0.origin?.service == name }
            guard page.count == 200, let next = page.last?.id else { break }
            last = next
        }
        return Array(jobs.prefix(limit + 1))
    }

    private func row(_ job: Job, hasSweeps: Bool) -> [String] {
        let steps = job.latest.map { "\($0.step)/\($0.totalSteps)" } ?? "–"
        let loss = job.latest.map { String(format: "%.4f", $0.trainingLoss) } ?? "–"
        let time = job.createdAt.formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .current))
        let status = job.status.name[Speech.language] + (job.turn.map { " \($0)" } ?? "")
        let place = job.origin.map { "\($0.service)/" } ?? ""
        return [job.id.text, status, steps, loss, String(time.prefix(16))] + (hasSweeps ? [job.group?.text ?? ""] : [])
            + [
                place + (job.fineTunedModel ?? "\(job.model) ← \(job.title)")
            ]
    }
}

extension JobStatus {
    /// The status as a person reads it.
    var name: Wording {
        switch self {
        case .validatingFiles: Wording("validating files", "检查文件")
        case .queued: Wording("queued", "排队中")
        case .running: Wording("running", "运行中")
        case .paused: Wording("paused", "已暂停")
        case .succeeded: Wording("succeeded", "已完成")
        case .failed: Wording("failed", "失败")
        case .cancelled: Wording("cancelled", "已取消")
        case .other(let text): Wording(verbatim: text)
        }
    }
}
