import ArgumentParser
import TuneModel
import TuneStore

struct ModelsDelete: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "delete", abstract: told("Delete a model and its files.", "删除模型及其文件。"))
    }

    @Argument(help: help("The model's own name; aliases are not taken.", "模型的本名；不接受别名。", name: "name"))
    var name: String
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        if let place = try await service.chosen(on: desk, common.console) {
            try await desk.modelService(at: place).delete(name)
        } else {
            try await desk.shelf.delete(name)
        }
        if common.json { return common.console.print(.deleted(name, "model")) }
        common.console.say(Wording("\(name) is deleted.", "\(name) 已删除。"))
    }
}
