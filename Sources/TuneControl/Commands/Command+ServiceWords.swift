import TuneModel

extension Command {
    /// How the commands on services and on the files that they keep are called.
    var serviceWords: CommandWords {
        switch self {
        case .uploadFile:
            CommandWords(
                Wording("Upload the dataset on show", "上传当前数据集"), Wording("upload", "上传"),
                shell: "tunedeck files upload -f FILE")
        case .saveFile:
            CommandWords(
                Wording("Save what the file holds", "把文件内容保存到本地"), Wording("save", "保存"),
                shell: "tunedeck files content -i ID")
        case .trainFile: CommandWords(Wording("Train from this file", "用此文件训练"), Wording("train", "训练"))
        case .deleteFile:
            CommandWords(
                Wording("Delete the file", "删除文件"), Wording("delete", "删除"), shell: "tunedeck files delete -i ID")
        case .refreshFiles: CommandWords(Wording("Read the list again", "重新读取列表"), Wording("refresh", "刷新"))
        case .cancelUpload: CommandWords(Wording("Stop the upload", "停止上传"), Wording("stop", "停止"))
        case .showServices:
            CommandWords(
                Wording("Choose where work is done: here or at a service", "选择在本机还是在服务上工作"), Wording("service", "服务"))
        case .connectService:
            CommandWords(Wording("Connect a service", "连接服务"), Wording("connect a service", "连接服务"))
        case .checkService:
            CommandWords(Wording("Ask the service how it is", "检查服务状态"), Wording("check", "检查"))
        default: preconditionFailure("no words for \(rawValue)")
        }
    }
}
