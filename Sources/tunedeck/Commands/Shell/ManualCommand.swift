import ArgumentParser
import Foundation
import TuneModel

struct ManualCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "manual",
            abstract: told("Write the manual pages, one for each command.", "写出手册页，每个命令一页。"),
            discussion: told(
                "They are in English or Chinese, as the locale has it. `make install` puts them where man looks.",
                "语言随区域设置而定。`make install` 会把它们放到 man 查找的位置。"))
    }

    @Argument(help: help("The folder to write to; it is made when it is not there.", "写入的目录；不存在时会创建。", name: "folder"))
    var folder: String
    @OptionGroup var common: CommonOptions

    func run() throws {
        let pages = try ManualPage.all(of: TuneDeck._dumpHelp(), version: TuneDeck.configuration.version)
        let folder = URL(filePath: folder)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for page in pages {
                try Data(page.text.utf8).write(to: folder.appending(path: page.fileName), options: .atomic)
            }
        } catch {
            throw ManualError.unwritable(folder: self.folder, reason: error.localizedDescription)
        }
        if common.json { common.console.print(.list(of: pages.map { .text($0.fileName) })) }
        common.console.say(
            Wording("\(pages.count) pages in \(self.folder)", "已在 \(self.folder) 写出 \(pages.count) 页"))
    }
}

/// Why manual pages cannot be written.
enum ManualError: ExplainedError, Equatable {
    case unwritable(folder: String, reason: String)

    var exitStatus: ExitStatus { .failed }

    var explanation: Explanation {
        switch self {
        case .unwritable(let folder, let reason):
            Explanation(
                Wording("The pages cannot be written to \(folder): \(reason)", "无法把手册页写入 \(folder)：\(reason)"),
                next: Wording("Name a folder that is yours to write.", "请指定一个您有写权限的目录。"))
        }
    }
}
