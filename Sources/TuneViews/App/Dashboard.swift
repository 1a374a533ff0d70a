public import TuneCanvas
public import TuneControl
public import TuneModel

/// The dashboard as a program starts it.
public enum Dashboard {
    /// Shows the dashboard on a screen until the person quits, and gives back what is to be told afterwards.
    ///
    /// - Parameters:
    ///   - files: datasets to open; without any, those that were open last time.
    ///   - theme: the name of a theme; `harbor` is always there.
    ///   - keymap: what the person's keymap file says; what is wrong in it is told once the screen is there.
    ///   - preferences: what was chosen in an earlier run.
    ///   - themeFolders: where `NAME.theme` is looked for, the first folder that has it first.
    public static func run(
        on screen: any Screen, world: World, opening files: [String] = [], language: Language = .english,
        theme: String = "harbor", themeFolders: [String] = [], keymap: KeymapFile? = nil,
        preferences: Preferences = Preferences()
    ) async throws -> Wording? {
        var world = world
        world.themes = .inFolders(themeFolders)
        let preset = preferences.keys.flatMap { KeymapPreset(rawValue: $0) } ?? .default
        let keys = Keymap(keymap, preset: preset)
        var state = Deck.State(language: preferences.language ?? language)
        state.preferences = preferences
        state.looks = Looks.State(theme: theme, texts: ThemeFolders.load(theme, from: themeFolders))
        let loop = RunLoop(screen: screen, world: world, state: state, theme: BuiltInTheme.theme, keys: keys.table)
        for problem in keys.problems { loop.tell(problem.explanation) }
        try await loop.run(opening: files)
        return loop.store.state.closing?.farewell
    }
}
