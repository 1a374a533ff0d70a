public import TuneModel

/// Why the dashboard cannot take a terminal over.
public nonisolated enum CursesError: ExplainedError, Hashable {
    /// Input or output is a file or a pipe.
    case notATerminal
    /// The terminal cannot place the cursor, or not in the way that all present ones do.
    case tooSimple(type: String)
    /// No description of the terminal type is installed.
    case unknownType(String)
    /// A system call failed.
    case system(call: String, code: Int32)

    public var explanation: Explanation {
        switch self {
        case .notATerminal:
            Explanation(
                Wording(
                    "The dashboard needs a terminal, but its input or output is not one.",
                    "仪表盘需要终端，但当前的输入或输出不是终端。"),
                next: Wording(
                    "Run `tunedeck` without a pipe, or use one of its commands, such as `tunedeck jobs list`.",
                    "请不要用管道运行 `tunedeck`，或改用命令，例如 `tunedeck jobs list`。"))
        case .tooSimple(let type):
            Explanation(
                Wording(
                    "The dashboard cannot draw on a terminal of type “\(type)”.", "仪表盘无法在类型为“\(type)”的终端上显示。"),
                next: Wording(
                    "Open a full terminal, or set TERM to what it is (for most: xterm-256color).",
                    "请使用功能完整的终端，或把 TERM 设为实际类型（多数情况是 xterm-256color）。"))
        case .unknownType(let type):
            Explanation(
                Wording(
                    "Nothing is known here about terminals of type “\(type)” (TERM).", "本机没有终端类型“\(type)”（TERM）的描述。"),
                next: Wording(
                    "Install the package ncurses-term, or set TERM=xterm-256color.",
                    "请安装 ncurses-term 软件包，或设置 TERM=xterm-256color。"))
        case .system(let call, let code):
            Explanation(
                Wording(
                    "The terminal could not be set up: \(call) failed (error \(code)).",
                    "终端设置失败：\(call) 出错（错误 \(code)）。"),
                next: Wording("Open a new terminal and try again.", "请打开新的终端再试。"))
        }
    }

    public var exitStatus: ExitStatus { .failed }
}
