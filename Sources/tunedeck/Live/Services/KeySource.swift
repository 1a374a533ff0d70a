import Foundation
import Subprocess
import TuneClient
import TuneModel

/// Where a service's key comes from.
enum KeySource: Hashable, Sendable {
    /// Name of a variable.
    case environment(String)
    /// Path of a file that holds nothing else.
    case file(String)
    /// What prints it, for a shell.
    case command(String)

    /// In words, for people.
    var shown: String {
        switch self {
        case .environment(let name): "$\(name)"
        case .file(let path): told("key file \(path)", "密钥文件 \(path)")
        case .command(let line): told("command \(line)", "命令 \(line)")
        }
    }

    /// Who else can read it, if a file is open to others.
    var warning: Wording? {
        guard case .file(let path) = self else { return nil }
        var facts = stat()
        guard stat(ServiceSettings.unabbreviated(path), &facts) == 0, facts.st_mode & 0o077 != 0 else { return nil }
        let mode = String(facts.st_mode & 0o777, radix: 8)
        return Wording(
            "The key file \(path) is open to others (mode \(mode)): chmod 600 \(path)",
            "密钥文件 \(path) 对他人可读（权限 \(mode)）：chmod 600 \(path)")
    }

    /// Gives the key.
    ///
    /// - Throws: `KeyError`, which never holds any of it.
    func key(of service: ServiceName, _ environment: [String: String]) async throws -> Secret {
        let secret: Secret
        switch self {
        case .environment(let name):
            guard let text = environment[name] else { throw KeyError.noVariable(service, name) }
            secret = Secret(text)
        case .file(let path):
            let bytes = try? Data(contentsOf: URL(filePath: ServiceSettings.unabbreviated(path)))
            guard let bytes, bytes.count <= 65_536 else { throw KeyError.noFile(service, path) }
            secret = Secret(String(decoding: bytes, as: UTF8.self))
        case .command(let line):
            secret = try await Self.print(of: line, for: service)
        }
        // A header is one line of visible letters; anything else in it is a mistake, or somebody's trick.
        guard !secret.isEmpty, secret.revealed().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw KeyError.notAKey(service, shown)
        }
        return secret
    }

    private static func print(of line: String, for service: ServiceName) async throws -> Secret {
        do {
            let result = try await run(
                .name("sh"), arguments: ["-c", line], output: .string(limit: 65_536), error: .discarded)
            guard result.terminationStatus.isSuccess else { throw KeyError.commandFailed(service, line) }
            // The first line is the key; password stores put notes below it.
            let text = result.standardOutput
            return Secret(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
        } catch let error as KeyError {
            throw error
        } catch {
            throw KeyError.commandFailed(service, line)
        }
    }
}

/// Why there is no key.
enum KeyError: ExplainedError, Equatable {
    case noVariable(ServiceName, String)
    case noFile(ServiceName, String)
    case commandFailed(ServiceName, String)
    case notAKey(ServiceName, String)

    var exitStatus: ExitStatus { .usage }

    var explanation: Explanation {
        switch self {
        case .noVariable(let service, let name):
            Explanation(
                Wording(
                    "The key of \(service) is to be in $\(name), which is not set.",
                    "\(service) 的密钥应在 $\(name) 中，但它没有设置。"),
                next: Wording("Set it: export \(name)=…", "请设置：export \(name)=…"))
        case .noFile(let service, let path):
            Explanation(
                Wording("The key file of \(service), \(path), cannot be read.", "无法读取 \(service) 的密钥文件 \(path)。"),
                next: Wording("Put the key alone into it, and chmod 600 it.", "请把密钥单独写入该文件，并 chmod 600。"))
        case .commandFailed(let service, let line):
            Explanation(
                Wording(
                    "The command that gives the key of \(service) failed: \(line)", "提供 \(service) 密钥的命令失败：\(line)"),
                next: Wording(
                    "Try it in a shell; it has to print the key and end with 0.", "请在 shell 中试运行；它应输出密钥并以 0 结束。"))
        case .notAKey(let service, let source):
            Explanation(
                Wording(
                    "What \(source) gives for \(service) is no key: it is empty, or has spaces or line ends in it.",
                    "\(source) 给 \(service) 的内容不是密钥：为空，或含有空格、换行。"),
                next: Wording("Put the key there, and nothing else.", "请只放密钥，不要放其他内容。"))
        }
    }
}
