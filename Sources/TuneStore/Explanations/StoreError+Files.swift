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
        default: preconditionFailure("not about files: \(self)")
        }
    }
}
