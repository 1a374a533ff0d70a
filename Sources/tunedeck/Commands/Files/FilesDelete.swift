import ArgumentParser
import TuneModel
import TuneStore

struct FilesDelete: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete", abstract: told("Delete a kept file, here or at a service.", "删除本机或服务上保存的文件。"))
    }

    @OptionGroup var file: FileOption
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        let place = try await service.chosen(on: desk, common.console)
        try await desk.fileService(at: place).delete(file.id)
        if let place { try await desk.uploads.forget(file: file.id.text, of: place) }
        if common.json { return common.console.print(.deleted(file.id.text, "file")) }
        common.console.say(Wording("\(file.id) is deleted.", "\(file.id) 已删除。"))
    }
}
