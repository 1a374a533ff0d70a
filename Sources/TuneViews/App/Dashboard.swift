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
    ///   - themeFolders: where `NAME.theme` is looked for, the first folder that has it first.
    public static func run(
        on screen: any Screen, world: World, opening files: [String] = [], language: Language = .english,
        theme: String = "harbor", themeFolders: [String] = []
    ) async throws -> Wording? {
        let loop = RunLoop(
            screen: screen, world: world, state: Deck.State(language: language),
            theme: ThemeShelf.theme(named: theme, in: themeFolders))
        try await loop.run(opening: files)
        return loop.store.state.closing?.farewell
    }
}
