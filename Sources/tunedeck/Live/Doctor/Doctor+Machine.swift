import Foundation
import Subprocess
import TuneModel

/// What the doctor sees of the machine, the workspace aside.
extension Doctor {
    func python() async -> Finding {
        let name = Wording("Python", "Python")
        let next = Wording(
            "Needed to fetch models only. Debian: sudo apt install python3 python3-pip",
            "仅在获取模型时需要。Debian：sudo apt install python3 python3-pip")
        let result = try? await run(
            .name("python3"), arguments: ["-m", "pip", "--version"], output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        guard let result else {
            return Finding(
                id: "python", name: name, state: .warning, what: Wording("python3 is not here", "没有 python3"),
                next: next)
        }
        guard result.terminationStatus.isSuccess else {
            return Finding(
                id: "python", name: name, state: .warning,
                what: Wording("python3 has no pip", "python3 没有 pip"), next: next)
        }
        let version = result.standardOutput.split(separator: " from ").first.map(String.init) ?? "pip"
        return Finding(id: "python", name: name, state: .good, what: Wording(verbatim: version))
    }

    func terminal() -> Finding {
        let name = Wording("Terminal", "终端")
        let environment = ProcessInfo.processInfo.environment
        let term = environment["TERM"] ?? ""
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let isUTF8 = locale.lowercased().replacing("-", with: "").hasSuffix("utf8")
        if term.isEmpty || term == "dumb" {
            return Finding(
                id: "terminal", name: name, state: .warning,
                what: Wording(
                    "TERM is \(term.isEmpty ? "not set" : term)", "TERM \(term.isEmpty ? "未设置" : "是 \(term)")"),
                next: Wording(
                    "The dashboard needs a terminal such as xterm-256color; commands work without.",
                    "仪表板需要 xterm-256color 之类的终端；各命令不受影响。"))
        }
        if !isUTF8 {
            return Finding(
                id: "terminal", name: name, state: .warning,
                what: Wording(
                    "the locale is \(locale.isEmpty ? "not set" : locale)",
                    "区域设置\(locale.isEmpty ? "未设置" : "是 \(locale)")"),
                next: Wording("Set a UTF-8 one: export LANG=C.UTF-8", "请设置 UTF-8 区域：export LANG=C.UTF-8"))
        }
        return Finding(id: "terminal", name: name, state: .good, what: Wording(verbatim: "\(term), \(locale)"))
    }
}
