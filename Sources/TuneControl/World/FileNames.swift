import Foundation

/// File names as people type them.
public enum FileNames {
    /// With `~` and relative parts resolved.
    public static func absolute(_ typed: String) -> String {
        let expanded = (typed as NSString).expandingTildeInPath
        return URL(fileURLWithPath: expanded).standardizedFileURL.path
    }

    /// The paths that begin like the typed one, at most a hundred; folders end in a slash, hidden names need their dot.
    public static func completions(of typed: String) -> [String] {
        let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
        let folder = String(typed[..<cut])
        let start = String(typed[cut...])
        let place = folder.isEmpty ? "." : (folder as NSString).expandingTildeInPath
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: place) else { return [] }
        let fitting = names.filter { $0.hasPrefix(start) && ($0.hasPrefix(".") == start.hasPrefix(".")) }
        return fitting.sorted().prefix(100).map { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: place + "/" + name, isDirectory: &isFolder)
            return folder + name + (isFolder.boolValue ? "/" : "")
        }
    }

    /// The longest beginning that all of them share.
    public static func commonStart(of paths: [String]) -> String {
        guard let first = paths.first else { return "" }
        return paths.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    }
}
