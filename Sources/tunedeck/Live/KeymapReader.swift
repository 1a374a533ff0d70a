import Foundation
import TOMLKit
import TuneModel
import TuneViews

/// Reads `keymap.toml`: names of actions, perhaps in tables named after scopes, and one key or a list of keys for each.
enum KeymapReader {
    /// Nil where there is no file.
    static func read(_ path: String) throws(KeymapError) -> KeymapFile? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw .unreadable(path: path) }
        return try file(text, path: path)
    }

    static func file(_ text: String, path: String) throws(KeymapError) -> KeymapFile {
        let root: TOMLTable
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let problem = error.debugDescription.split(separator: "\n").first.map(String.init) ?? ""
            throw .notTOML(path: path, line: error.source.begin.line, problem: problem)
        } catch {
            throw .unreadable(path: path)
        }
        let lines = KeymapLines(text)
        var file = KeymapFile(path: path)
        try walk(root, under: "", lines, into: &file)
        file.entries.sort { ($0.line, $0.name) < ($1.line, $1.name) }
        return file
    }

    // MARK: -

    private static func walk(
        _ table: TOMLTable, under prefix: String, _ lines: KeymapLines, into file: inout KeymapFile
    ) throws(KeymapError) {
        for (key, value) in table {
            let name = prefix + key
            let line = lines.line(of: name)
            if let inner = value.table {
                try walk(inner, under: name + ".", lines, into: &file)
            } else if name == "preset" {
                guard let preset = value.string else { throw .notKeys(path: file.path, line: line, name: name) }
                file.preset = .init(name: preset, line: line)
            } else if let key = value.string {
                file.entries.append(.init(name: name, keys: [key], line: line))
            } else if let array = value.array {
                var keys: [String] = []
                for item in array {
                    guard let key = item.string else { throw .notKeys(path: file.path, line: line, name: name) }
                    keys.append(key)
                }
                file.entries.append(.init(name: name, keys: keys, line: line))
            } else {
                throw .notKeys(path: file.path, line: line, name: name)
            }
        }
    }
}

/// Why nothing of `keymap.toml` can be read.
enum KeymapError: ExplainedError, Equatable {
    case unreadable(path: String)
    case notTOML(path: String, line: Int, problem: String)
    case notKeys(path: String, line: Int, name: String)

    var exitStatus: ExitStatus { .badData }

    var explanation: Explanation {
        let next = Wording("Mend the file, or move it away to go on with the usual keys.", "请修正该文件，或把它移走以使用默认按键。")
        return switch self {
        case .unreadable(let path):
            Explanation(
                Wording("The keys in \(path) cannot be read.", "无法读取按键文件 \(path)。"),
                next: Wording("It has to be UTF-8 text that is yours to read.", "它必须是您有权读取的 UTF-8 文本。"))
        case .notTOML(let path, let line, let problem):
            Explanation(
                Wording("\(path), line \(line), is not TOML: \(problem).", "\(path) 第 \(line) 行不是 TOML：\(problem)。"),
                next: next)
        case .notKeys(let path, let line, let name):
            Explanation(
                Wording(
                    "\(path), line \(line): `\(name)` has to be a key or a list of keys, in quotes.",
                    "\(path) 第 \(line) 行：`\(name)` 必须是带引号的按键或按键列表。"),
                next: next)
        }
    }
}
