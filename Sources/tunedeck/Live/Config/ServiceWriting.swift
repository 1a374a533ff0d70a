import Foundation
import TuneControl
import TuneModel

/// Writes a new service below what stands in `config.toml`, which is not touched.
struct ServiceWriting {
    let path: String

    /// - Throws: `ServiceTaken`; `ConfigError` for what could not be read again, and nothing is written then.
    func add(_ service: NewService) throws {
        let existing = FileManager.default.fileExists(atPath: path)
        if try existing && Config(path: path).services.contains(where: { $0.name == service.name }) {
            throw ServiceTaken(name: service.name)
        }
        let old = existing ? try String(contentsOfFile: path, encoding: .utf8) : ""
        let text = old + (old.isEmpty ? "" : old.hasSuffix("\n") ? "\n" : "\n\n") + Self.table(of: service)
        let draft = path + ".partial-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        defer { unlink(draft) }
        try Data(text.utf8).write(to: URL(filePath: draft), options: .withoutOverwriting)
        // What cannot be read must not take the place of what can.
        _ = try Config(path: draft)
        guard rename(draft, path) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
    }

    private static func table(of service: NewService) -> String {
        var lines = ["[service.\(service.name)]", "base_url = \(quoted(service.address))"]
        switch service.key {
        case .none: break
        case .environment(let name): lines.append("api_key_env = \(quoted(name))")
        case .file(let path): lines.append("api_key_file = \(quoted(path))")
        case .command(let command): lines.append("api_key_command = \(quoted(command))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A basic string of TOML.
    private static func quoted(_ text: String) -> String {
        var spelled = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": spelled += "\\\""
            case "\\": spelled += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                spelled += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: spelled.unicodeScalars.append(scalar)
            }
        }
        return spelled + "\""
    }
}

/// A service of this name is configured already.
struct ServiceTaken: ExplainedError, Equatable {
    let name: ServiceName

    var exitStatus: ExitStatus { .usage }

    var explanation: Explanation {
        Explanation(
            Wording("There is a service \(name) already.", "已有服务 \(name)。"),
            next: Wording("Give another name, or change it in config.toml.", "请换一个名称，或在 config.toml 中修改它。"))
    }
}
