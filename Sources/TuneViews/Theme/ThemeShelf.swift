import TuneCanvas
import TuneControl

/// The theme that the screen is drawn in, made from its text when that changes.
final class ThemeShelf {
    private(set) var theme: Theme
    private var texts: [ThemeText]?
    private let depth: () -> ColorDepth
    private var fittedTo: ColorDepth?
    private var whole: Theme

    /// - Parameter theme: what is shown until a text says otherwise; in tests, for good.
    init(_ theme: Theme = BuiltInTheme.theme, depth: @escaping () -> ColorDepth) {
        self.theme = theme
        whole = theme
        self.depth = depth
    }

    /// Takes up a theme that has arrived. One with a fault in it changes nothing, and the fault is given back.
    func wear(_ wanted: [ThemeText]) -> ThemeProblem? {
        var problem: ThemeProblem?
        if texts != wanted {
            // Without any text, what was there from the start stays.
            let isFirst = texts == nil && wanted.isEmpty
            texts = wanted
            do {
                if !isFirst { whole = try ThemeFile.theme(from: wanted) }
                fittedTo = nil
            } catch {
                problem = error
            }
        }
        let depth = depth()
        if fittedTo != depth {
            fittedTo = depth
            theme = whole.fitted(to: depth)
        }
        return problem
    }

    /// The theme of this name from the first folder that has it; the built-in one when none has, or it cannot be read.
    static func theme(named name: String, in folders: [String]) -> Theme {
        (try? ThemeFile.theme(from: ThemeFolders.load(name, from: folders))) ?? BuiltInTheme.theme
    }
}
