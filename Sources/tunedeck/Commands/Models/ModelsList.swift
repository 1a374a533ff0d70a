import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct ModelsList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: told("List models: base models, then fine-tuned ones.", "列出模型：先基础模型，后微调模型。"))
    }

    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        if let place = try await service.chosen(on: desk, console) {
            return show(try await desk.modelService(at: place).list(), of: place, console)
        }
        let models = try await desk.shelf.list()
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

    private func show(_ cards: [ModelCard], of place: ServiceName, _ console: Console) {
        if common.json { return console.print(.list(of: cards.map(\.json))) }
        if cards.isEmpty { return console.say(Wording("\(place) tells of no models.", "\(place) 没有列出模型。")) }
        console.table(
            cards.map { card in
                [
                    card.name, String(card.createdAt.formatted(.iso8601).prefix(10)), card.owner ?? "",
                    card.shutdownNote(in: console.language) ?? "",
                ]
            })
    }
}

extension ModelCard {
    /// `until 2027-01-06`; nil where the service names no end.
    func shutdownNote(in language: Language) -> String? {
        guard let shutdownDate else { return nil }
        let day = String(shutdownDate.formatted(.iso8601).prefix(10))
        return shutdownDate < .now
            ? Wording("⚠ was to end on \(day)", "⚠ 已于 \(day) 停用")[language]
            : Wording("until \(day)", "停用日期 \(day)")[language]
    }

    /// A service's model as the protocol spells it.
    var json: JSONOutput {
        .object([
            ("id", .text(name)), ("object", "model"), ("created", JSONOutput(createdAt)),
            ("owned_by", JSONOutput(owner)),
            ("shutdown_date", JSONOutput(shutdownDate)),
        ])
    }
}
