import ArgumentParser
import TuneModel
import TuneStore

struct ModelsPull: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pull",
            abstract: told("Fetch a base model and check it.", "获取一个基础模型并校验。"),
            discussion: told(
                "There is: smollm2-135m (SmolLM2-135M-Instruct, GGUF Q4_1, 98 MB, Apache-2.0).",
                "可获取：smollm2-135m（SmolLM2-135M-Instruct，GGUF Q4_1，98 MB，Apache-2.0）。"))
    }

    @Argument(help: help("The model's name.", "模型名。", name: "name"))
    var name = ModelSource.smolLM2.name
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let shelf = try Desk().shelf
        let pulled: ModelShelf.Pulled
        do {
            defer { if console.isNarrationLive { console.clearLine() } }
            pulled = try await interruptible { [name] in
                try await shelf.pull(name) { progress in show(progress, on: console) }
            }
        } catch let error as Interrupted {
            console.remark(Wording("Stopped; nothing was kept.", "已停止；没有留下任何内容。"))
            throw error
        }
        switch pulled {
        case .fetched(let model):
            if common.json { return console.print(model.json) }
            console.say(
                Wording("\(model.name) is here and its hash is right.", "\(model.name) 已获取，哈希校验无误。"))
        case .alreadyThere(let model):
            if common.json { return console.print(model.json) }
            console.say(Wording("\(model.name) is already here and whole.", "\(model.name) 已经在这里，而且完好。"))
        }
    }
}

private func show(_ progress: PullProgress, on console: Console) {
    guard console.isNarrationLive else { return }
    let text =
        switch progress {
        case .fetching(let bytes, let total):
            Wording(
                "Fetching: \(bytes / 1_000_000) of about \(total / 1_000_000) MB",
                "正在获取：\(bytes / 1_000_000) / 约 \(total / 1_000_000) MB")
        case .unpacking: Wording("Unpacking …", "正在解包…")
        case .checking: Wording("Checking the hash …", "正在校验哈希…")
        }
    console.rewrite(text[console.language])
}
