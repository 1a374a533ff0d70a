import TuneCanvas

/// How every role looks.
struct Theme {
    let name: String
    private let styles: [Role: Style]

    /// A role that is not named looks like plain text of the theme.
    init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = styles
    }

    subscript(role: Role) -> Style {
        styles[role] ?? styles[.text] ?? .plain
    }
}
