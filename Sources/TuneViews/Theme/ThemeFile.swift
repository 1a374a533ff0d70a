import TuneCanvas
import TuneControl

/// A theme as a file says it, before it is looked up what its names mean.
///
///     # comment
///     name = harbor
///     inherits = other
///     $sea = #6cc7d9
///     background = default on #10151c
///     accent = $sea bold
///     key = accent underline
///
/// Colours are `#rrggbb`, a number of the 256 palette, `default`, or a `$name`. What stands behind `on` is the
/// background; without it, a role stands on the background of the role `background`. A role's value may begin with the
/// name of another role, whose look it takes, changed by what follows. Everything that a theme does not say is as in
/// the theme it inherits from; colours of its own under a name of the other's recolour all roles that use the name.
struct ThemeFile {
    /// Why a line cannot be taken; the line counts from 1.
    enum Fault: Error, Hashable {
        case noEqualSign(line: Int)
        case unknownRole(String, line: Int)
        case unknownWord(String, line: Int)
        /// A role or a colour that is told by itself in the end.
        case goesInCircles(String, line: Int)
        /// The theme to inherit from is not there.
        case unknownTheme(String, line: Int)
    }

    /// What stands behind an equal sign, and where.
    struct Entry: Hashable {
        let words: [String]
        let line: Int
        /// The file, as problems name it.
        let path: String
    }

    private(set) var name: String
    private(set) var parent: Entry?
    private(set) var colors: [String: Entry] = [:]
    private(set) var roles: [Role: Entry] = [:]

    init(_ text: String, name fallback: String, path: String) throws(ThemeProblem) {
        name = fallback
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = raw.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
            guard let key = words.first, !key.hasPrefix("#") else { continue }
            guard words.count > 2, words[1] == "=" else {
                throw ThemeProblem(path: path, fault: .noEqualSign(line: index + 1))
            }
            let entry = Entry(words: Array(words[2...]), line: index + 1, path: path)
            if key == "name" {
                name = entry.words.joined(separator: " ")
            } else if key == "inherits" {
                parent = entry
            } else if key.hasPrefix("$") {
                colors[key] = entry
            } else if let role = Role(rawValue: key) {
                roles[role] = entry
            } else {
                throw ThemeProblem(path: path, fault: .unknownRole(key, line: index + 1))
            }
        }
    }

    /// This theme with what it leaves to another.
    func over(_ base: ThemeFile) -> ThemeFile {
        var whole = self
        whole.parent = base.parent
        whole.colors = base.colors.merging(colors) { $1 }
        whole.roles = base.roles.merging(roles) { $1 }
        return whole
    }

    /// The theme of a text that inherits from nothing but the built-in theme.
    static func theme(from text: String, name: String) throws(Fault) -> Theme {
        do {
            return try theme(from: [ThemeText(name: name, path: name, text: text)])
        } catch {
            throw error.fault
        }
    }

    /// The theme of a file and those that it builds on, itself first. The built-in theme is always there to build on.
    static func theme(from texts: [ThemeText]) throws(ThemeProblem) -> Theme {
        guard let first = texts.first else { return BuiltInTheme.theme }
        var whole = try ThemeFile(first.text, name: first.name, path: first.path)
        let name = whole.name
        for text in texts.dropFirst() where whole.parent != nil {
            whole = whole.over(try ThemeFile(text.text, name: text.name, path: text.path))
        }
        if let missing = whole.parent {
            guard missing.words[0] == BuiltInTheme.name else {
                throw ThemeProblem(
                    path: missing.path, fault: .unknownTheme(missing.words[0], line: missing.line))
            }
            whole = whole.over(BuiltInTheme.file)
        }
        return try ThemeResolver(file: whole).theme(named: name)
    }
}

/// What is wrong with which theme file.
struct ThemeProblem: Error, Hashable {
    let path: String
    let fault: ThemeFile.Fault
}
