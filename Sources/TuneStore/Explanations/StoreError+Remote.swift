import TuneModel

extension StoreError {
    /// The explanations about jobs that services elsewhere run.
    var remoteExplanation: Explanation {
        switch self {
        case .jobElsewhere(let id, let service):
            Explanation(
                Wording(
                    "Job \(id) runs at \(service) and not on this machine.", "任务 \(id) 在 \(service) 上运行，不在本机。"),
                next: Wording(
                    "What is known of it here: `tunedeck jobs get -i \(id)`.",
                    "这里所知的情况：`tunedeck jobs get -i \(id)`。"))
        case .serviceNotNamed:
            Explanation(
                Wording("The job names no service to run it, or two different ones.", "任务没有指明由哪个服务运行，或指明了两个不同的服务。"),
                next: Wording("Name one with `--service NAME`.", "请用 `--service 名称` 指定一个。"))
        case .fileNotUploaded(let path, let service):
            Explanation(
                Wording("\(path) has not been uploaded to \(service).", "\(path) 还没有上传到 \(service)。"),
                next: Wording(
                    "Upload it first: `tunedeck files upload \(path) --service \(service)`.",
                    "请先上传：`tunedeck files upload \(path) --service \(service)`。"))
        case .jobBeingSent(let id, let service):
            Explanation(
                Wording(
                    "It is not known yet whether \(service) has made job \(id).", "还不知道 \(service) 是否已建立任务 \(id)。"),
                next: Wording(
                    "Ask again in a minute: `tunedeck jobs get -i \(id)`.", "请一分钟后再查：`tunedeck jobs get -i \(id)`。"))
        case .jobUncertain(let id, let service, let why):
            Explanation(
                Wording(
                    "\(service) did not say whether it has made the job. \(why.what.english)",
                    "\(service) 没有回答是否已建立任务。\(why.what.chinese)"),
                next: Wording(
                    "It is kept as \(id) and looked for as soon as \(service) answers; do not start it a second time.",
                    "它在这里记为 \(id)，一旦 \(service) 有回应就会去查找；请不要重复建立。"))
        case .serviceCannot(.keeping, let id, let service):
            Explanation(
                Wording(
                    "\(service) cannot end job \(id) early and keep what it has learned.",
                    "\(service) 无法提前结束任务 \(id) 并保留已学到的内容。"),
                next: Wording(
                    "Its checkpoints may do: `tunedeck jobs get -i \(id)` names those that can be asked.",
                    "或许可以用它的检查点：`tunedeck jobs get -i \(id)` 会列出可以提问的检查点。"))
        case .serviceCannot(.moving, let id, let service):
            Explanation(
                Wording(
                    "\(service) decides itself when job \(id) gets its turn.", "任务 \(id) 何时开始由 \(service) 自己决定。"),
                next: Wording(
                    "Only the queue of this machine can be put in order.", "只能调整本机队列的顺序。"))
        default: preconditionFailure("not about services: \(self)")
        }
    }
}
