import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct FilesList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: told("List kept files, newest first.", "列出保存的文件，最新的在前。"))
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let files = try await Desk().files.list()
        let console = common.console
        if common.json { return console.print(.list(of: files.map(\.json))) }
        if files.isEmpty { return console.say(Wording("No files yet.", "还没有文件。")) }
        console.table(
            files.map { file in
                [
                    file.id.text, file.bytes.formatted(.byteCount(style: .file)),
                    String(file.createdAt.formatted(.iso8601).prefix(10)), file.purpose, file.filename,
                ]
            })
    }
}
