import ArgumentParser
import TuneModel
import TuneStore

struct FilesDelete: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "delete", abstract: told("Delete a kept file.", "删除保存的文件。"))
    }

    @OptionGroup var file: FileOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Desk().files.delete(file.id)
        if common.json { return common.console.print(.deleted(file.id.text, "file")) }
        common.console.say(Wording("\(file.id) is deleted.", "\(file.id) 已删除。"))
    }
}
