import TuneCanvas

/// Styles as the bytes that select them.
///
/// Written here and not by ncurses' colour pairs: those need a terminfo entry for 24-bit colour that tmux does not
/// have, and end at 65,536 combinations.
nonisolated struct CursesColors: Hashable, Sendable {
    let traits: TerminalTraits

    /// The SGR sequence that selects a style, whatever was selected before.
    func sequence(for style: Style) -> String {
        var codes = ["0"]
        let attributes = traits.attributes(of: style)
        for (attribute, code) in Self.attributeCodes where attributes.contains(attribute) { codes.append(code) }
        codes += code(for: traits.depth.nearest(to: style.foreground), base: 30)
        codes += code(for: traits.depth.nearest(to: style.background), base: 40)
        return "\u{1B}[" + codes.joined(separator: ";") + "m"
    }

    // MARK: -

    private static let attributeCodes: [(Attributes, String)] = [
        (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]

    private func code(for color: Color, base: Int) -> [String] {
        switch color {
        case .default: []
        case .indexed(let index) where index < 8: ["\(base + Int(index))"]
        case .indexed(let index) where index < 16: ["\(base + 60 + Int(index) - 8)"]
        case .indexed(let index): ["\(base + 8);5;\(index)"]
        case .rgb(let red, let green, let blue): ["\(base + 8);2;\(red);\(green);\(blue)"]
        }
    }
}
