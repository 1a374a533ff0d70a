import ArgumentParser
import Foundation
import TuneStore

struct FilesContent: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "content", abstract: told("Print a file's bytes as they are.", "原样输出文件的内容。"))
    }

    @OptionGroup var file: FileOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        common.console.write(try await Desk().files.content(of: file.id))
    }
}
