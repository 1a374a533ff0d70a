import Foundation

/// The text of a theme file, as it was read.
public struct ThemeText: Hashable, Sendable {
    public let name: String
    /// Where it was read, as problems name it.
    public let path: String
    public let text: String

    public init(name: String, path: String, text: String) {
        self.name = name
        self.path = path
        self.text = text
    }

    /// The theme that this one builds on; nil for one that stands by itself.
    public var parent: String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if words.count == 3, words[0] == "inherits", words[1] == "=" { return String(words[2]) }
        }
        return nil
    }
}

/// Where themes come from.
public struct ThemeClient: Sendable {
    /// The names of all themes, in alphabetical order.
    public var names: @Sendable () async -> [String]
    /// A theme and those that it builds on, itself first. One that is not there ends the row.
    public var load: @Sendable (_ name: String) async -> [ThemeText]

    public init(
        names: @escaping @Sendable () async -> [String], load: @escaping @Sendable (String) async -> [ThemeText]
    ) {
        self.names = names
        self.load = load
    }

    /// No themes but the one that is built in.
    public static let none = ThemeClient(names: { ["harbor"] }, load: { _ in [] })

    /// `NAME.theme` in these folders, the first that has it.
    public static func inFolders(_ folders: [String]) -> ThemeClient {
        ThemeClient(
            names: { ThemeFolders.names(in: folders) }, load: { ThemeFolders.load($0, from: folders) })
    }
}

/// Theme files in folders, the person's own before those that came with the program.
public enum ThemeFolders {
    /// A theme and those that it builds on. One that builds on its own name means that of a later folder.
    public static func load(_ name: String, from folders: [String]) -> [ThemeText] {
        var texts: [ThemeText] = []
        var wanted: String? = name
        while let name = wanted, texts.count < 16 {
            let known = Set(texts.map(\.path))
            let next = folders.lazy.map { "\($0)/\(name).theme" }.first {
                !known.contains($0) && FileManager.default.fileExists(atPath: $0)
            }
            guard let next, let data = FileManager.default.contents(atPath: next) else { break }
            let text = ThemeText(name: name, path: next, text: String(decoding: data, as: UTF8.self))
            texts.append(text)
            wanted = text.parent
        }
        return texts
    }

    /// The names of the themes there, and of the one that is built in.
    public static func names(in folders: [String]) -> [String] {
        let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let ending = ".theme"
        let names = files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
        return Set(names + ["harbor"]).sorted()
    }
}
