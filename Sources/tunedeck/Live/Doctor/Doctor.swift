import Foundation
import TuneModel
import TuneStore

/// Looks at what the program needs from this machine.
struct Doctor {
    struct Finding {
        enum State: String { case good, warning, bad }

        let id: String
        let name: Wording
        let state: State
        let what: Wording
        /// What to do; nil when all is well.
        var next: Wording?

        var mark: String {
            switch state {
            case .good: "✓"
            case .warning: "!"
            case .bad: "✗"
            }
        }

        var json: JSONOutput {
            .object([
                ("id", .text(id)), ("state", .text(state.rawValue)), ("message", .text(what[Speech.language])),
                ("next", JSONOutput(next?[Speech.language])),
            ])
        }
    }

    func look() async -> [Finding] {
        var findings: [Finding] = []
        do {
            let desk = try Desk(launcher: WorkerLauncher.none)
            findings += [await workspace(desk), await model(desk), disk(desk.paths), await worker(desk)]
        } catch {
            let explanation = Explanation(of: error)
            findings.append(
                Finding(
                    id: "workspace", name: Wording("Workspace", "工作区"), state: .bad, what: explanation.what,
                    next: explanation.next))
        }
        findings += [await python(), await terminal(), await colors(), locale()]
        return findings
    }

    // MARK: - Private

    private func workspace(_ desk: Desk) async -> Finding {
        let name = Wording("Workspace", "工作区")
        do {
            if let damage = try await desk.workspace.damage() {
                return Finding(
                    id: "workspace", name: name, state: .bad,
                    what: Wording(
                        "\(desk.paths.database) is damaged: \(damage)", "\(desk.paths.database) 已损坏：\(damage)"),
                    next: StoreError.databaseDamaged(path: desk.paths.database).explanation.next)
            }
            return Finding(id: "workspace", name: name, state: .good, what: Wording(verbatim: desk.paths.data))
        } catch {
            let explanation = Explanation(of: error)
            return Finding(
                id: "workspace", name: name, state: .bad, what: explanation.what, next: explanation.next)
        }
    }

    private func model(_ desk: Desk) async -> Finding {
        let name = Wording("Base model", "基础模型")
        let bases = ((try? await desk.shelf.list()) ?? []).filter(\.isBase)
        let missing = bases.first { !FileManager.default.fileExists(atPath: $0.weightsPath) }
        if let missing {
            let explanation = StoreError.modelFileMissing(missing.name, path: missing.weightsPath).explanation
            return Finding(id: "model", name: name, state: .bad, what: explanation.what, next: explanation.next)
        }
        guard !bases.isEmpty else {
            return Finding(
                id: "model", name: name, state: .bad, what: Wording("there is none", "还没有"),
                next: Wording(
                    "Fetch one: tunedeck models pull \(ModelSource.smolLM2.name)",
                    "获取一个：tunedeck models pull \(ModelSource.smolLM2.name)"))
        }
        return Finding(
            id: "model", name: name, state: .good,
            what: Wording(verbatim: bases.map(\.name).joined(separator: ", ")))
    }

    private func disk(_ paths: Paths) -> Finding {
        let name = Wording("Disk", "磁盘")
        let free = Disk.free(at: paths.data) ?? 0
        let text = free.formatted(.byteCount(style: .file))
        let isTight = free < 1_000_000_000
        return Finding(
            id: "disk", name: name, state: isTight ? .warning : .good,
            what: Wording("\(text) free at \(paths.data)", "\(paths.data) 剩余 \(text)"),
            next: isTight
                ? Wording(
                    "A model and a job want about 1 GB: free some space or set TUNEDECK_HOME.",
                    "一个模型加一个任务约需 1 GB：请腾出空间或设置 TUNEDECK_HOME。") : nil)
    }

    private func worker(_ desk: Desk) async -> Finding {
        let name = Wording("Worker", "工作进程")
        let open = ((try? await desk.jobs.list(limit: 1000)) ?? []).filter {
            $0.status == .queued || $0.status == .running
        }
        if WorkerLock.isHeld(in: desk.paths) {
            let pid = WorkerLock.holder(in: desk.paths).map { "\($0)" } ?? "?"
            let silence = ((try? await desk.jobs.lastHeartbeat()) ?? nil).map { Int(-$0.timeIntervalSinceNow) } ?? 0
            let what = Wording(
                "at work, process \(pid), \(open.count) open jobs", "运行中，进程 \(pid)，\(open.count) 个未完成的任务")
            guard silence > 30 else { return Finding(id: "worker", name: name, state: .good, what: what) }
            return Finding(
                id: "worker", name: name, state: .warning,
                what: what + Wording(", silent for \(silence) s", "，已 \(silence) 秒没有动静"),
                next: Wording(
                    "If it stays so, end it with `kill -9 \(pid)`: the job goes on from its last checkpoint.",
                    "如果一直这样，可用 `kill -9 \(pid)` 结束它：任务会从上一个检查点继续。"))
        }
        guard open.isEmpty else {
            return Finding(
                id: "worker", name: name, state: .warning,
                what: Wording("none, though \(open.count) jobs wait", "没有运行，但有 \(open.count) 个任务在等待"),
                next: Wording(
                    "`tunedeck jobs list` starts it; \(desk.paths.workerLog) tells what it said last.",
                    "`tunedeck jobs list` 会启动它；它最后的输出在 \(desk.paths.workerLog)。"))
        }
        return Finding(
            id: "worker", name: name, state: .good,
            what: Wording("none, and no job waits", "没有运行，也没有等待的任务"))
    }
}
