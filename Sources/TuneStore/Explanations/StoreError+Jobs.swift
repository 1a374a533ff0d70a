import TuneModel

extension StoreError {
    /// The explanations about jobs and their worker.
    var jobExplanation: Explanation {
        switch self {
        case .jobNotFound(let id):
            Explanation(
                Wording("There is no job \(id).", "没有任务 \(id)。"),
                next: Wording("`tunedeck jobs list` shows the jobs.", "`tunedeck jobs list` 可以列出任务。"))
        case .jobNotFinished(let id, let status):
            Explanation(
                Wording(
                    "Job \(id) is \(status.text); only a finished one can be deleted.",
                    "任务 \(id) 的状态是 \(status.text)；只能删除已结束的任务。"),
                next: Wording(
                    "Cancel it first: `tunedeck jobs cancel -i \(id)`.", "请先取消：`tunedeck jobs cancel -i \(id)`。"))
        case .jobFinished(let id, let status):
            Explanation(
                Wording("Job \(id) has already ended: \(status.text).", "任务 \(id) 已经结束：\(status.text)。"),
                next: Wording("There is nothing left to stop.", "没有什么需要停止的了。"))
        case .jobNotPaused(let id, let status):
            Explanation(
                Wording(
                    "Job \(id) has ended (\(status.text)) and cannot go on.", "任务 \(id) 已经结束（\(status.text)），无法继续。"),
                next: Wording("Start a new one: `tunedeck jobs create`.", "请新建任务：`tunedeck jobs create`。"))
        case .jobHasModel(let id, let model):
            Explanation(
                Wording(
                    "Deleting job \(id) would delete its model \(model), too.", "删除任务 \(id) 会连同它的模型 \(model) 一起删除。"),
                next: Wording("Say `--with-model` if that is meant.", "如果确实要这样做，请加上 `--with-model`。"))
        case .jobDeleted(let id):
            Explanation(
                Wording("Job \(id) was deleted meanwhile.", "任务 \(id) 刚刚被删除。"),
                next: Wording("`tunedeck jobs list` shows the jobs that there are.", "`tunedeck jobs list` 可以列出现有的任务。"))
        case .noResults(let id, let status):
            Explanation(
                Wording(
                    "Job \(id) (\(status.text)) has no results: no step was made.",
                    "任务 \(id)（\(status.text)）没有结果：还没有完成任何一步。"),
                next: Wording(
                    "See what happened: `tunedeck jobs events -i \(id)`.", "查看经过：`tunedeck jobs events -i \(id)`。"))
        default: queueExplanation
        }
    }

    private var queueExplanation: Explanation {
        switch self {
        case .noLosses(let id, let status):
            Explanation(
                Wording(
                    "Job \(id) (\(status.text)) has told no losses of its records.",
                    "任务 \(id)（\(status.text)）没有记录每条数据的损失。"),
                next: Wording(
                    "A job tells them at its end; start one with `tunedeck jobs create`.",
                    "任务结束时才会写入；可用 `tunedeck jobs create` 新建任务。"))
        case .nothingLearned(let id):
            Explanation(
                Wording("Job \(id) has not learned anything yet.", "任务 \(id) 还没有学到任何内容。"),
                next: Wording(
                    "Wait for its first step, or cancel it: `tunedeck jobs cancel -i \(id)`.",
                    "请等待第一步完成，或取消它：`tunedeck jobs cancel -i \(id)`。"))
        case .jobNotQueued(let id, let status):
            Explanation(
                Wording(
                    "Job \(id) is \(status.text); only a queued one has a turn that can be changed.",
                    "任务 \(id) 的状态是 \(status.text)；只能调整排队任务的顺序。"),
                next: Wording("`tunedeck jobs list` shows the queued ones.", "`tunedeck jobs list` 可以列出排队的任务。"))
        case .groupNotFound(let group):
            Explanation(
                Wording("There is no sweep \(group).", "没有扫描 \(group)。"),
                next: Wording(
                    "`tunedeck jobs list` names the sweep of each job.", "`tunedeck jobs list` 会显示每个任务所属的扫描。"))
        case .workerRunning(let pid):
            Explanation(
                Wording(
                    "A worker is already running" + (pid.map { " (process \($0))" } ?? "") + "; a workspace has one.",
                    "已经有一个工作进程在运行" + (pid.map { "（进程 \($0)）" } ?? "") + "；一个工作区只有一个。"),
                next: Wording("It takes the queued jobs by itself.", "它会自动处理排队的任务。"))
        case .workerCannotStart(let reason):
            Explanation(
                Wording("The worker cannot be started: \(reason).", "无法启动工作进程：\(reason)。"),
                next: Wording(
                    "Run `tunedeck worker` yourself, or see `tunedeck doctor`.",
                    "请自行运行 `tunedeck worker`，或查看 `tunedeck doctor`。"))
        case .workerKeepsDying(let log):
            Explanation(
                Wording("The worker was started three times and died each time.", "工作进程启动了三次，每次都意外退出。"),
                next: Wording("\(log) says why.", "原因见 \(log)。"))
        default: preconditionFailure("not about jobs: \(self)")
        }
    }
}
