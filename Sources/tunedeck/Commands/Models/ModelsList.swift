import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct ModelsList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: told("List models: base models, then fine-tuned ones.", "列出模型：先基础模型，后微调模型。"))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let models = try await desk.shelf.list()
        let console = common.console
        if common.json { return console.print(.list(of: models.map(\.json))) }
        if models.isEmpty {
            return console.say(
                Wording(
                    "No models yet. `tunedeck models pull smollm2-135m` fetches one (98 MB).",
                    "还没有模型。运行 `tunedeck models pull smollm2-135m` 获取一个（98 MB）。"))
        }
        console.table(
            models.map { model in
                let aliases = desk.shelf.aliases.targets.filter { $0.value == model.name }.keys.sorted()
                let origin =
                    model.isBase
                    ? aliases.isEmpty ? "" : "= " + aliases.joined(separator: ", ") : "← " + model.base
                return [
                    model.name, model.card.bytes?.formatted(.byteCount(style: .file)) ?? "–",
                    String(model.card.createdAt.formatted(.iso8601).prefix(10)), origin,
                ]
            })
    }
}
