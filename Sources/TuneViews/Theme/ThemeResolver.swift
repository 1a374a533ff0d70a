import TuneCanvas

/// Looks up what the names in a theme mean.
struct ThemeResolver {
    let file: ThemeFile

    private struct Look {
        var style = Style()
        var hasBackground = false
    }

    func theme(named name: String) throws(ThemeProblem) -> Theme {
        var looks: [Role: Look] = [:]
        // In the order of the roles, so that of several faults it is always the same that is told.
        for role in Role.allCases where file.roles[role] != nil { looks[role] = try look(of: role, asked: []) }
        let ground = looks[.background]?.style.background ?? .default
        return Theme(name: name, styles: looks.mapValues { $0.hasBackground ? $0.style : $0.style.on(ground) })
    }

    // MARK: -

    private func look(of role: Role, asked: [Role]) throws(ThemeProblem) -> Look {
        guard let entry = file.roles[role] else {
            return role == .text ? Look() : try look(of: .text, asked: asked)
        }
        var look = Look()
        var isGround = false
        for (index, word) in entry.words.enumerated() {
            if word == "on" {
                isGround = true
            } else if let attribute = Self.attributes[word] {
                look.style.attributes.formUnion(attribute)
            } else if index == 0, let other = Role(rawValue: word) {
                guard other != role, !asked.contains(other) else { throw circle(word, entry) }
                look = try self.look(of: other, asked: asked + [role])
            } else if isGround {
                look.style.background = try color(word, entry, asked: [])
                look.hasBackground = true
            } else {
                look.style.foreground = try color(word, entry, asked: [])
            }
        }
        return look
    }

    private static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]

    private func color(_ word: String, _ entry: ThemeFile.Entry, asked: [String]) throws(ThemeProblem) -> Color {
        if word == "default" { return .default }
        if let named = file.colors[word] {
            guard !asked.contains(word) else { throw circle(word, entry) }
            return try color(named.words[0], named, asked: asked + [word])
        }
        if word.hasPrefix("#"), word.count == 7, let value = UInt32(word.dropFirst(), radix: 16) { return .hex(value) }
        if let index = UInt8(word) { return .indexed(index) }
        throw ThemeProblem(path: entry.path, fault: .unknownWord(word, line: entry.line))
    }

    private func circle(_ word: String, _ entry: ThemeFile.Entry) -> ThemeProblem {
        ThemeProblem(path: entry.path, fault: .goesInCircles(word, line: entry.line))
    }
}
