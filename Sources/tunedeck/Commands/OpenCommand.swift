import ArgumentParser
import Foundation
import TuneControl
import TuneCurses
import TuneModel
import TuneStore
import TuneViews

/// The dashboard.
struct OpenCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "open", abstract: told("Open the dashboard (the default).", "打开仪表板（默认）。"))
    }

    @Argument(help: help("Datasets to open.", "要打开的数据集。", name: "file"))
    var files: [String] = []
    @Flag(name: .long, help: help("Open the sample datasets.", "打开示例数据集。"))
    var sample = false
    @Option(help: help("The name of a theme.", "主题名称。", name: "theme"))
    var theme: String?

    func run() async throws {
        var paths = try OpenFiles.paths(of: files)
        let desk = try Desk()
        let preferences = await KeptPreferences(desk.workspace).load()
        let keymap = try KeymapReader.read(desk.paths.keymapFile)
        let theme = try ThemeChoice(
            asked: theme, preferred: preferences.theme, config: desk.config, paths: desk.paths,
            environment: ProcessInfo.processInfo.environment)
        let world = World.live(desk)
        if sample { paths += try await world.writeSample() }
        // What happens at services is written down as long as the dashboard is open; this process's part of it ends with it.
        let mirror = Task { try? await desk.allJobs.remote.keepUpAll() }
        defer { mirror.cancel() }
        let farewell = try await show(world, paths, in: theme, keymap, preferences)
        if let farewell { print(farewell[Speech.language]) }
    }

    @MainActor
    private func show(
        _ world: World, _ paths: [String], in theme: ThemeChoice, _ keymap: KeymapFile?, _ preferences: Preferences
    ) async throws -> Wording? {
        let screen = CursesScreen()
        return try await Dashboard.run(
            on: screen, world: world, opening: paths, language: Speech.language, theme: theme.name,
            themeFolders: theme.folders, keymap: keymap, preferences: preferences)
    }
}
