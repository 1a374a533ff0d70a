import ArgumentParser
import Foundation
import TuneModel
import TuneStore
import TuneTrainer

struct ModelsShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: told("Show all about one model.", "显示一个模型的全部信息。"))
    }

    @Argument(help: help("The model's name or alias.", "模型名或别名。", name: "name"))
    var name: String
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        if let place = try await service.chosen(on: desk, console) {
            return show(try await desk.modelService(at: place).model(name), of: place, console)
        }
        let model = try await desk.shelf.find(name)
        let summary = try ModelSummary.read(model.weightsPath)
        if common.json { return console.print(json(model, summary)) }
        let rows: [(Wording, String?)] = [
            (Wording("model", "模型"), model.name),
            (Wording("base model", "基础模型"), model.isBase ? nil : model.base),
            (Wording("made by", "产生于"), job(of: model)),
            (Wording("architecture", "架构"), summary.architecture),
            (Wording("parameters", "参数"), summary.parameters.formatted()),
            (Wording("context", "上下文"), summary.contextLength.formatted()),
            (Wording("quantization", "量化"), summary.quantization),
            (Wording("size", "大小"), model.card.bytes?.formatted(.byteCount(style: .file)) ?? "–"),
            (Wording("weights", "权重"), model.weightsPath), (Wording("adapter", "适配器"), model.adapterFolder),
            (Wording("prompts end with", "提示结尾"), model.separator.map(Shell.quoted)),
            (Wording("answers end with", "回答结尾"), model.ending.map(Shell.quoted)),
        ]
        console.table(rows.compactMap { name, value in value.map { [name[console.language], $0] } })
    }

    private func show(_ card: ModelCard, of place: ServiceName, _ console: Console) {
        if common.json { return console.print(card.json) }
        let rows: [(Wording, String?)] = [
            (Wording("model", "模型"), card.name), (Wording("service", "服务"), place.text),
            (Wording("owner", "所有者"), card.owner),
            (Wording("created", "创建"), card.createdAt.formatted(.iso8601)),
            (Wording("shutdown", "停用"), card.shutdownNote(in: console.language)),
        ]
        console.table(rows.compactMap { name, value in value.map { [name[console.language], $0] } })
    }

    private func job(of model: ShelvedModel) -> String? {
        guard case .fineTuned(_, let job?) = model.card.kind else { return nil }
        return job.text
    }

    private func json(_ model: ShelvedModel, _ summary: ModelSummary) -> JSONOutput {
        guard case .object(let pairs) = model.json else { return model.json }
        return .object(
            pairs + [
                ("architecture", .text(summary.architecture)), ("parameters", JSONOutput(summary.parameters)),
                ("context_length", JSONOutput(summary.contextLength)), ("quantization", .text(summary.quantization)),
            ])
    }
}
