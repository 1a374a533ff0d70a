import ArgumentParser
import TuneModel
import TuneStore

struct FilesUpload: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "upload", abstract: told("Keep a copy of a file.", "保存文件的一份副本。"))
    }

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: help("The file; it stays where it is.", "文件；原文件保留不动。", name: "path"))
    var file: String
    @Option(
        name: [.customShort("p"), .customLong("purpose")],
        help: help("What it is for.", "用途。", name: "word"))
    var purpose = "fine-tune"
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let files = try Desk().files
        let stored = try await interruptible { [file, purpose] in try await files.upload(file, purpose: purpose) }
        if common.json { return common.console.print(stored.json) }
        common.console.say(
            Wording("\(stored.filename) is kept as \(stored.id).", "\(stored.filename) 已保存为 \(stored.id)。"))
    }
}
