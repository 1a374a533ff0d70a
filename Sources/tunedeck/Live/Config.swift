import Foundation
import TOMLKit
import TuneModel
import TuneStore

/// What `config.toml` says.
struct Config: Equatable {
    /// `[aliases]`: other names for models.
    var aliases: [String: String] = [:]
    /// `theme`: the name of the dashboard's theme.
    var theme: String?
    /// `[prices]`: dollars for a million trained tokens, by the name of a remote model. Those of the file come in addition;
    /// a price of 0 takes one out.
    var prices = Config.listedPrices

    /// As they were listed in 2025.
    static let listedPrices: [String: Double] = [
        "babbage-002": 0.4, "davinci-002": 6, "gpt-4.1-nano": 1.5, "gpt-4.1-mini": 5, "gpt-4.1": 25,
    ]

    init() {}

    /// Reads the file; one that is not there says nothing.
    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigError.unreadable(path: path)
        }
        do {
            let table = try TOMLTable(string: text)
            if let value = table["theme"] {
                guard let name = value.string else { throw ConfigError.notText(path: path, key: "theme") }
                theme = name
            }
            try readPrices(table["prices"], path)
            guard let section = table["aliases"] else { return }
            guard let names = section.table else { throw ConfigError.notATable(path: path, key: "aliases") }
            for (name, value) in names {
                guard let target = value.string else {
                    throw ConfigError.notText(path: path, key: "aliases.\(name)")
                }
                aliases[name] = target
            }
        } catch let error as TOMLParseError {
            throw ConfigError.notTOML(
                path: path, line: error.source.begin.line, problem: error.debugDescription.firstLine)
        }
    }

    private mutating func readPrices(_ section: (any TOMLValueConvertible)?, _ path: String) throws {
        guard let section else { return }
        guard let table = section.table else { throw ConfigError.notATable(path: path, key: "prices") }
        for (name, value) in table {
            guard let price = value.double ?? value.int.map(Double.init), price >= 0, price.isFinite else {
                throw ConfigError.notANumber(path: path, key: "prices.\(name)")
            }
            prices[name] = price == 0 ? nil : price
        }
    }
}

/// What can be wrong with `config.toml`.
enum ConfigError: ExplainedError, Equatable {
    case unreadable(path: String)
    case notTOML(path: String, line: Int, problem: String)
    case notATable(path: String, key: String)
    case notText(path: String, key: String)
    case notANumber(path: String, key: String)

    var exitStatus: ExitStatus { .badData }

    var explanation: Explanation {
        let next = Wording("Mend the file, or move it away to go on with the defaults.", "请修正该文件，或把它移走以使用默认设置。")
        return switch self {
        case .unreadable(let path):
            Explanation(
                Wording("The settings in \(path) cannot be read.", "无法读取设置文件 \(path)。"),
                next: Wording("It has to be UTF-8 text that is yours to read.", "它必须是您有权读取的 UTF-8 文本。"))
        case .notTOML(let path, let line, let problem):
            Explanation(
                Wording("\(path), line \(line), is not TOML: \(problem).", "\(path) 第 \(line) 行不是 TOML：\(problem)。"),
                next: next)
        case .notATable(let path, let key):
            Explanation(
                Wording("\(path): `\(key)` has to be a table, `[\(key)]`.", "\(path)：`\(key)` 必须是一个表，即 `[\(key)]`。"),
                next: next)
        case .notANumber(let path, let key):
            Explanation(
                Wording("\(path): `\(key)` has to be a number of dollars.", "\(path)：`\(key)` 必须是美元金额。"), next: next)
        case .notText(let path, let key):
            Explanation(
                Wording("\(path): `\(key)` has to be a text in quotes.", "\(path)：`\(key)` 必须是带引号的文本。"), next: next)
        }
    }
}

extension String {
    fileprivate var firstLine: String { split(separator: "\n").first.map(String.init) ?? self }
}
