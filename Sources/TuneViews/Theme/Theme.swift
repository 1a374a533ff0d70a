import TuneCanvas

/// How every role looks.
struct Theme: Equatable {
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

    /// The theme in colours that a terminal of this depth has.
    ///
    /// A colour becomes the nearest one that can still be read on everything that the role may stand on; a ground that
    /// would be lost, such as the one under the cursor, becomes an attribute instead.
    func fitted(to depth: ColorDepth) -> Theme {
        guard depth < .trueColor else { return self }
        let ground = self[.background].background
        let fittedGround = depth.nearest(to: ground)
        var fitted: [Role: Style] = [:]
        for role in Role.allCases {
            var style = self[role]
            let grounds = self.grounds(of: role).map(depth.nearest(to:))
            let own = depth.nearest(to: style.background)
            if style.background != ground, own == fittedGround, style.attributes.isDisjoint(with: role.standIn) {
                style.attributes.formUnion(role.standIn)
            }
            style.foreground = depth.nearest(to: style.foreground, on: grounds, ratio: role.contrast)
            style.background = own
            fitted[role] = style
        }
        // Two grounds that have become one must not hide which of two lists has the keys.
        if fitted[.cursor] == fitted[.cursorUnfocused] { fitted[.cursorUnfocused]?.attributes.insert(.underline) }
        return Theme(name: name, styles: fitted)
    }

    /// What a role is drawn on: its own ground, and in a list that of the cursor too.
    func grounds(of role: Role) -> [Color] {
        let own = self[role].background
        guard own == self[.background].background else { return [own] }
        return [own, self[.cursor].background, self[.cursorUnfocused].background]
    }
}

extension Role {
    /// How well it has to stand out.
    var contrast: Double {
        switch self {
        case .border, .borderFocused: Contrast.ofLines
        default: Contrast.ofText
        }
    }

    /// What shows it where the colour under it cannot.
    var standIn: Attributes {
        switch self {
        case .cursor, .tabChosen: .reverse
        case .cursorUnfocused, .field: .underline
        default: []
        }
    }
}
