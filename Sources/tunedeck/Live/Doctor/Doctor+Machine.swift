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
}
