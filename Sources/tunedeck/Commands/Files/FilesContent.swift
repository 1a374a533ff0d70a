import ArgumentParser
import Foundation
import TuneClient
import TuneModel
import TuneStore

struct FilesContent: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "content", abstract: told("Print a file's bytes as they are.", "原样输出文件的内容。"))
    }

    @OptionGroup var file: FileOption
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: help("Write them to this path, where nothing is yet.", "写入此路径（尚不存在的文件）。", name: "path"))
    var output: String?
    @OptionGroup var service: ServiceOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let desk = try Desk()
        let place = try await service.chosen(on: desk, console)
        guard let output else { return console.write(try await desk.fileService(at: place).content(of: file.id)) }
        if FileManager.default.fileExists(atPath: output) {
            throw usage("\(output) exists; name another path.", "\(output) 已存在；请换一个路径。")
        }
        let id = file.id
        let progress = TransferLine(console: console)
        try await interruptible {
            guard let place else {
                return try await desk.files.content(of: id).write(
                    to: URL(filePath: output), options: .withoutOverwriting)
            }
            try await desk.services.service(place).download(id, to: output) { progress.show($0, of: output) }
        }
        progress.close()
        console.remark(Wording("Wrote \(output).", "已写入 \(output)。"))
    }
}
