import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct FilesList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: told("List kept files, newest first.", "列出保存的文件，最新的在前。"))
    }

    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let files = try await desk.fileService(at: service.chosen(on: desk, console)).list()
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
