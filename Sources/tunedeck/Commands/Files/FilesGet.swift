import ArgumentParser
import Foundation
import TuneModel
import TuneStore

struct FilesGet: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "get", abstract: told("Show what is known of a file.", "显示文件的信息。"))
    }

    @OptionGroup var file: FileOption
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let file = try await desk.fileService(at: service.chosen(on: desk, console)).file(file.id)
        if common.json { return console.print(file.json) }
        let rows: [(Wording, String)] = [
            (Wording("file", "文件"), file.id.text), (Wording("name", "名称"), file.filename),
            (Wording("size", "大小"), file.bytes.formatted(.byteCount(style: .file))),
            (Wording("purpose", "用途"), file.purpose),
            (Wording("kept since", "保存于"), file.createdAt.formatted(.iso8601)),
        ]
        console.table(rows.map { [$0[console.language], $1] })
    }
}
