public import TuneCanvas
public import TuneControl
public import TuneModel

/// The keys of a preset, changed by a keymap file as far as that can be read.
public struct Keymap {
    public let table: KeyTable
    /// What of the file could not be taken; everything else counts.
    public let problems: [KeymapProblem]

    /// - Parameter preset: the keys to begin with where the file names none.
    public init(_ file: KeymapFile? = nil, preset: KeymapPreset = .default) {
        var problems: [KeymapProblem] = []
        var start = preset
        if let wanted = file?.preset {
            if let known = KeymapPreset(rawValue: wanted.name) {
                start = known
            } else {
                problems.append(KeymapProblem(file!, wanted.line, .unknownPreset(wanted.name)))
            }
        }
        var merge = KeymapMerge(start.bindings)
        if let file { for entry in file.entries { problems += merge.take(entry, of: file) } }
        table = KeyTable(merge.bindings)
        self.problems = problems
    }
}

/// What is wrong with a line of a keymap file.
public struct KeymapProblem: Hashable, Sendable {
    public enum Fault: Hashable, Sendable {
        case unknownPreset(String)
        case unknownAction(String)
        case unknownScope(String)
        case unreadableKey(String)
        /// Another line gives the same key to another action; that line counts.
        case taken(key: String, by: Command, scope: Scope, line: Int)
        /// An action that came with the key has no other there.
        case leaves(Command, scope: Scope, key: String)
        /// One is the beginning of the other, which could never be finished.
        case begins(key: String, other: String, Command, scope: Scope)
    }

    public let path: String
    public let line: Int
    public let fault: Fault

    init(_ file: KeymapFile, _ line: Int, _ fault: Fault) {
        path = file.path
        self.line = line
        self.fault = fault
    }

    public var explanation: Explanation {
        Explanation(
            Wording("\(path), line \(line): ", "\(path) 第 \(line) 行：") + what,
            next: Wording(
                "The other lines count. `tunedeck keys` lists every action, scope and key.",
                "其余各行仍然有效。`tunedeck keys` 列出所有动作、范围和按键。"))
    }

    // MARK: -

    private var what: Wording {
        switch fault {
        case .unknownPreset(let name):
            let known = KeymapPreset.allCases.map(\.rawValue)
            return Wording(
                "there is no preset “\(name)”; there are \(known.joined(separator: " and ")).",
                "没有预设“\(name)”；可用的有 \(known.joined(separator: "、"))。")
        case .unknownAction(let name): return Wording("there is no action `\(name)`.", "没有动作 `\(name)`。")
        case .unknownScope(let name): return Wording("there is no scope `\(name)`.", "没有范围 `\(name)`。")
        case .unreadableKey(let key):
            return Wording(
                "“\(key)” is no key; write f, <c-f>, <a-enter> or gg.", "“\(key)” 不是按键；请写 f、<c-f>、<a-enter> 或 gg。")
        case .taken(let key, let command, let scope, let line):
            return Wording(
                "\(key) in `\(scope.rawValue)` already gives `\(command.rawValue)`, by line \(line).",
                "`\(scope.rawValue)` 中的 \(key) 已由第 \(line) 行分配给 `\(command.rawValue)`。")
        case .leaves(let command, let scope, let key):
            return Wording(
                "\(key) is taken from `\(command.rawValue)`, which has no key left in `\(scope.rawValue)`.",
                "\(key) 原属 `\(command.rawValue)`，该动作在 `\(scope.rawValue)` 中不再有按键。")
        case .begins(let key, let other, let command, let scope):
            return Wording(
                "\(key) and \(other) of `\(command.rawValue)` in `\(scope.rawValue)` begin alike, so that the longer one "
                    + "could not be typed.",
                "\(key) 与 `\(scope.rawValue)` 中 `\(command.rawValue)` 的 \(other) 开头相同，较长者将无法输入。")
        }
    }
}
