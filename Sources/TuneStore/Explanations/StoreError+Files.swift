import TuneModel

extension StoreError {
    /// The explanations about files.
    var fileExplanation: Explanation {
        switch self {
        case .fileNotFound(let id):
            Explanation(
                Wording("There is no uploaded file \(id).", "没有上传过文件 \(id)。"),
                next: Wording("`tunedeck files list` shows the files.", "`tunedeck files list` 可以列出文件。"))
        case .sourceMissing(let path):
            Explanation(
                Wording("There is no file \(path).", "文件 \(path) 不存在。"),
                next: Wording("Check the name and the folder.", "请检查文件名和所在文件夹。"))
        case .sourceUnreadable(let path, let reason):
            Explanation(
                Wording("\(path) cannot be read: \(reason).", "无法读取 \(path)：\(reason)。"),
                next: Wording("Check that it is yours to read.", "请检查您是否有读取权限。"))
        case .sourceIsFolder(let path):
            Explanation(
                Wording("\(path) is a folder, not a file.", "\(path) 是文件夹，不是文件。"),
                next: Wording("Name a file in it.", "请指定其中的一个文件。"))
        case .evaluationNotFound(let id, let known):
            Explanation(
                Wording("There is no evaluation \(id).", "没有评测 \(id)。"),
                next: known.isEmpty
                    ? Wording(
                        "None has been made yet: `tunedeck eval -m MODEL -d FILE` makes one.",
                        "还没有做过评测：用 `tunedeck eval -m 模型 -d 文件` 做一次。")
                    : Wording(
                        "The newest are \(known.joined(separator: ", ")).", "最近的有：\(known.joined(separator: "、"))。"))
        case .evaluationUnreadable(let path):
            Explanation(
                Wording("\(path) is no evaluation that this version can read.", "\(path) 不是此版本能读取的评测。"),
                next: Wording("Measure again, and delete the file.", "请重新评测，并删除该文件。"))
        default: preconditionFailure("not about files: \(self)")
        }
    }
}
