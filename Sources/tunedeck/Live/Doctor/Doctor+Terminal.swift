import Foundation
import TuneCanvas
import TuneCurses
import TuneModel

/// What the doctor sees of the terminal, for the dashboard.
extension Doctor {
    /// The least that the dashboard draws itself in.
    private static let smallest = (columns: 60, rows: 16)

    @MainActor func terminal() -> Finding {
        let name = Wording("Terminal", "终端")
        let term = environment["TERM"] ?? ""
        guard let type = TerminalTraits.typeName(environment: environment) else {
            return Finding(
                id: "terminal", name: name, state: .warning,
                what: Wording(
                    "TERM is \(term.isEmpty ? "not set" : term)", "TERM \(term.isEmpty ? "未设置" : "是 \(term)")"),
                next: Wording(
                    "The dashboard needs a terminal such as xterm-256color; commands work without.",
                    "仪表板需要 xterm-256color 之类的终端；各命令不受影响。"))
        }
        guard let size = TerminalTraits.size() else {
            return Finding(
                id: "terminal", name: name, state: .warning,
                what: Wording("\(type), but this is not run in it", "\(type)，但当前不在其中运行"),
                next: Wording("Run it without a pipe to see its size.", "不经管道运行即可看到尺寸。"))
        }
        let text = "\(type), \(size.columns)×\(size.rows)"
        guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
            return Finding(
                id: "terminal", name: name, state: .warning, what: Wording(verbatim: text),
                next: Wording(
                    "The dashboard wants \(Self.smallest.columns)×\(Self.smallest.rows) at least: make the window larger.",
                    "仪表板至少需要 \(Self.smallest.columns)×\(Self.smallest.rows)：请放大窗口。"))
        }
        return Finding(id: "terminal", name: name, state: .good, what: Wording(verbatim: text))
    }

    @MainActor func colors() -> Finding {
        let name = Wording("Colours", "颜色")
        let depth = TerminalTraits.depth(environment: environment)
        let what =
            switch depth {
            case .trueColor: Wording("24 bits", "24 位")
            case .palette: Wording("256", "256 色")
            case .sixteen: Wording("16", "16 色")
            case .eight: Wording("8", "8 色")
            case .mono: Wording("none", "无")
            }
        if !(environment["NO_COLOR"] ?? "").isEmpty || environment["CLICOLOR"] == "0" {
            return Finding(
                id: "colors", name: name, state: .good,
                what: what + Wording(", as NO_COLOR or CLICOLOR asks", "，由 NO_COLOR 或 CLICOLOR 指定"))
        }
        guard depth < .palette else { return Finding(id: "colors", name: name, state: .good, what: what) }
        return Finding(
            id: "colors", name: name, state: .warning, what: what,
            next: Wording(
                "Most terminals show more: try TERM=xterm-256color; `--theme ansi16` suits this one.",
                "多数终端支持更多颜色：可试 TERM=xterm-256color；当前终端适合 `--theme ansi16`。"))
    }

    func locale() -> Finding {
        let name = Wording("Locale", "区域设置")
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        guard locale.lowercased().replacing("-", with: "").hasSuffix("utf8") else {
            return Finding(
                id: "locale", name: name, state: .warning,
                what: locale.isEmpty ? Wording("not set", "未设置") : Wording(verbatim: locale),
                next: Wording("Set a UTF-8 one: export LANG=C.UTF-8", "请设置 UTF-8 区域：export LANG=C.UTF-8"))
        }
        let language = Speech.language == .chinese ? "简体中文" : "English"
        return Finding(id: "locale", name: name, state: .good, what: Wording(verbatim: "\(locale), \(language)"))
    }

    private var environment: [String: String] { ProcessInfo.processInfo.environment }
}
