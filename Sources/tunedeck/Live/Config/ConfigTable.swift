import Foundation
import TOMLKit

/// A table of `config.toml` that is read key by key, and says of each mistake where it is.
struct ConfigTable {
    private let path: String
    private let text: String
    private let table: TOMLTable
    /// The keys that lead here.
    private let way: [String]

    /// - Throws: `TOMLParseError`.
    init(path: String, text: String) throws {
        self.init(path: path, text: text, table: try TOMLTable(string: text), way: [])
    }

    private init(path: String, text: String, table: TOMLTable, way: [String]) {
        self.path = path
        self.text = text
        self.table = table
        self.way = way
    }

    /// In the order of the alphabet.
    var keys: [String] { table.keys.sorted() }

    func has(_ key: String) -> Bool { table[key] != nil }

    /// - Throws: `unknownKey` of the first key that is none of these.
    func check(keys known: Set<String>) throws {
        if let key = keys.first(where: { !known.contains($0) }) {
            throw ConfigError.unknownKey(place(of: key), known: known.sorted())
        }
    }

    func text(_ key: String) throws -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string else { throw ConfigError.notText(place(of: key)) }
        return text
    }

    func dollars(_ key: String) throws -> Double? {
        guard let value = table[key] else { return nil }
        guard let amount = value.double ?? value.int.map(Double.init), amount >= 0, amount.isFinite else {
            throw ConfigError.notANumber(place(of: key))
        }
        return amount
    }

    /// More than none.
    func seconds(_ key: String) throws -> Duration? {
        guard let value = table[key] else { return nil }
        guard let seconds = value.double ?? value.int.map(Double.init), seconds > 0, seconds <= 86_400 else {
            throw ConfigError.notSeconds(place(of: key))
        }
        return .seconds(seconds)
    }

    func table(_ key: String) throws -> ConfigTable? {
        guard let value = table[key] else { return nil }
        guard let inner = value.table else { throw ConfigError.notATable(place(of: key)) }
        return ConfigTable(path: path, text: text, table: inner, way: way + [key])
    }

    func place(of key: String) -> ConfigPlace {
        let keys = way + [key]
        return ConfigPlace(
            path: path, line: Self.line(of: keys, in: text), key: keys.map(Self.spelled).joined(separator: "."))
    }

    // MARK: - Private

    private static func spelled(_ key: String) -> String {
        let isBare =
            !key.isEmpty && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return isBare ? key : "\"\(key)\""
    }

    /// The parser keeps no places of values, so that the text is looked through for the table and the key; nil where they
    /// are written in another way, such as in one line.
    private static func line(of keys: [String], in text: String) -> Int? {
        var table: [String] = []
        var heading: Int?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingPrefix { $0.isWhitespace }
            if line.hasPrefix("[") {
                table = parts(of: line.dropFirst().prefix { $0 != "]" })
                if table == keys { heading = number + 1 }
            } else if let equals = line.firstIndex(of: "="), table + parts(of: line[..<equals]) == keys {
                return number + 1
            }
        }
        return heading
    }

    /// The parts of `a.b."c.d"`.
    private static func parts(of name: Substring) -> [String] {
        var parts = [""]
        var quote: Character?
        for letter in name {
            if letter == quote {
                quote = nil
            } else if quote == nil, letter == "\"" || letter == "'" {
                quote = letter
            } else if quote == nil, letter == "." {
                parts.append("")
            } else if quote != nil || !letter.isWhitespace {
                parts[parts.count - 1].append(letter)
            }
        }
        return parts
    }
}

/// Where something stands in `config.toml`.
struct ConfigPlace: Hashable, Sendable, CustomStringConvertible {
    let path: String
    /// From 1; nil when it is not known.
    let line: Int?
    /// `service.openai.base_url`.
    let key: String

    var description: String { line.map { "\(path):\($0)" } ?? path }
}
