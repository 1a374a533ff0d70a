import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// What every pane draws with: the theme and the language.
struct Look {
    let theme: Theme
    let language: Language
    /// Where the clock on the wall hangs.
    var zone = TimeZone.current

    subscript(role: Role) -> Style { theme[role] }

    func say(_ wording: Wording) -> String { wording[language] }
    func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

    /// The style of a row under the cursor.
    func cursor(focused: Bool) -> Style { theme[focused ? .cursor : .cursorUnfocused] }
}

/// Drawn by its owner inside of a border that the layout has put around it.
protocol PaneView {
    /// Stands in the top edge: what it is, and the facts about it.
    var title: String { get }
    /// Stands at the right of the top edge.
    var trailing: String { get }

    /// Covers all of its area.
    func draw(in area: Rect, on surface: inout Surface)
}

extension PaneView {
    var trailing: String { "" }
}
