import ArgumentParser
import Foundation
import TuneStore

struct PathsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "paths", abstract: told("Show where everything is kept.", "显示所有内容存放的位置。"))
    }

    @OptionGroup var common: CommonOptions

    func run() throws {
        let paths = try Paths(environment: ProcessInfo.processInfo.environment)
        let rows = [
            ("config", paths.configFile), ("keymap", paths.keymapFile), ("themes", paths.themes),
            ("database", paths.database), ("files", paths.files), ("models", paths.models), ("jobs", paths.jobs),
            ("edits", paths.edits), ("worker log", paths.workerLog), ("cache", paths.cache),
        ]
        if common.json {
            return common.console.print(
                .object(rows.map { ($0.replacing(" ", with: "_"), .text($1)) }))
        }
        common.console.table(rows.map { [$0, $1] })
    }
}
