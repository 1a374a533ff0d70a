import Foundation

/// Themes by name: from files, or the one that is built in.
enum ThemeShelf {
    /// The theme of this name from the first folder that has it; the built-in one when none has, or it cannot be read.
    static func theme(named name: String, in folders: [String]) -> Theme {
        for folder in folders {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name).theme"),
                let theme = try? ThemeFile.theme(from: String(decoding: data, as: UTF8.self), name: name)
            else { continue }
            return theme
        }
        return BuiltInTheme.theme
    }
}
