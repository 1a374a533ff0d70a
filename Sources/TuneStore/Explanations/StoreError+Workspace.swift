import TuneModel

extension StoreError {
    /// The explanations about the workspace folder and its database.
    var workspaceExplanation: Explanation {
        switch self {
        case .noHome:
            Explanation(
                Wording("There is no home folder to keep the workspace in.", "找不到可以存放工作区的主目录。"),
                next: Wording("Set TUNEDECK_HOME to a folder of yours.", "请把 TUNEDECK_HOME 设为您的一个文件夹。"))
        case .notWritable(let path, let reason):
            Explanation(
                Wording("\(path) cannot be written: \(reason).", "无法写入 \(path)：\(reason)。"),
                next: Wording(
                    "Give yourself the right to write there, or set TUNEDECK_HOME to another folder.",
                    "请取得该处的写入权限，或把 TUNEDECK_HOME 设为其他文件夹。"))
        case .diskFull(let path):
            Explanation(
                Wording("The disk that holds \(path) is full.", "\(path) 所在的磁盘已满。"),
                next: Wording(
                    "Free some space and try again; what was there before is unharmed.",
                    "请腾出一些空间后重试；原有的内容没有受损。"))
        case .tooLittleRoom(let path, let needed, let free):
            Explanation(
                Wording(
                    "\(path) needs \(Self.size(needed)) of free space and has \(Self.size(free)).",
                    "\(path) 需要 \(Self.size(needed)) 可用空间，现在只有 \(Self.size(free))。"),
                next: Wording(
                    "Free some space, or set TUNEDECK_HOME to a folder on another disk.",
                    "请腾出一些空间，或把 TUNEDECK_HOME 设到其他磁盘上的文件夹。"))
        case .databaseDamaged(let path):
            Explanation(
                Wording("The workspace database \(path) is damaged.", "工作区数据库 \(path) 已损坏。"),
                next: Wording(
                    "Move it away and start again: models and job folders stay; `sqlite3 \(path) .recover` may save "
                        + "the list of jobs.",
                    "请把它移到别处再重新开始：模型和任务文件夹都会保留；`sqlite3 \(path) .recover` 或许能救回任务列表。"))
        case .databaseNewer(let path):
            Explanation(
                Wording(
                    "The workspace database \(path) was made by a newer TuneDeck.",
                    "工作区数据库 \(path) 是由更新版本的 TuneDeck 建立的。"),
                next: Wording(
                    "Update TuneDeck, or set TUNEDECK_HOME to another folder.",
                    "请升级 TuneDeck，或把 TUNEDECK_HOME 设为其他文件夹。"))
        case .databaseBusy(let path):
            Explanation(
                Wording(
                    "Another process has kept the workspace database \(path) locked for ten seconds.",
                    "另一个进程已锁住工作区数据库 \(path) 十秒钟。"),
                next: Wording("Try again in a moment.", "请稍后重试。"))
        case .databaseFailed(let path, let reason):
            Explanation(
                Wording("The workspace database \(path) failed: \(reason).", "工作区数据库 \(path) 出错：\(reason)。"),
                next: Wording("`tunedeck doctor` looks for the cause.", "`tunedeck doctor` 可以帮助查找原因。"))
        default: preconditionFailure("not about the workspace: \(self)")
        }
    }
}
