import ArgumentParser
import Foundation
import TuneControl
import TuneModel
import TuneStore
import TuneViews

struct KeysCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "keys", abstract: told("List the dashboard's keys.", "列出仪表板的按键。"))
    }

    @OptionGroup var common: CommonOptions

    @MainActor
    func run() async throws {
        let console = common.console
        let paths = try Paths(environment: ProcessInfo.processInfo.environment)
        let keymap = Keymap(try KeymapReader.read(paths.keymapFile))
        for problem in keymap.problems { console.remark(problem.explanation.what) }
        let entries = keymap.table.entries
        if common.json {
            return console.print(
                .list(
                    of: entries.map { entry in
                        .object([
                            ("command", .text(entry.command.rawValue)), ("scope", .text(entry.scope.rawValue)),
                            ("keys", .list(entry.keys.map { .text($0) })),
                            ("title", .text(entry.command.title[console.language])),
                        ])
                    }))
        }
        console.table(
            Scope.allCases.flatMap { scope in
                entries.filter { $0.scope == scope }.map { entry in
                    [
                        scope.title[console.language], entry.keys.joined(separator: " "), entry.command.rawValue,
                        entry.command.title[console.language],
                    ]
                }
            })
    }
}
