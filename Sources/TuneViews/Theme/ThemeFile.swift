import TuneCanvas
import TuneModel

/// A theme as a file says it.
///
///     # comment
///     name = harbor
///     $sea = #6cc7d9
///     background = default on #10151c
///     accent = $sea bold
///
/// Colours are `#rrggbb`, a number of the 256 palette, `default`, or a `$name` given above. What stands behind `on` is
/// the background; without it, a role stands on the background of the role `background`.
enum ThemeFile {
    /// Why a line cannot be taken; the line counts from 1.
    enum Fault: Error, Equatable {
        case noEqualSign(line: Int)
        case unknownRole(String, line: Int)
        case unknownWord(String, line: Int)
    }

    static func theme(from text: String, name fallback: String) throws(Fault) -> Theme {
        var name = fallback
        var colors: [String: Color] = [:]
        var written: [Role: (style: Style, hasBackground: Bool)] = [:]
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = raw.split(separator: " ").map(String.init)
            guard let key = words.first, !key.hasPrefix("#") else { continue }
            guard words.count > 2, words[1] == "=" else { throw .noEqualSign(line: index + 1) }
            let value = Array(words[2...])
            if key == "name" {
                name = value.joined(separator: " ")
            } else if key.hasPrefix("$") {
                colors[key] = try color(value[0], colors, line: index + 1)
            } else if let role = Role(rawValue: key) {
                written[role] = try style(value, colors, line: index + 1)
            } else {
                throw .unknownRole(key, line: index + 1)
            }
        }
        let ground = written[.background]?.style.background ?? .default
        return Theme(name: name, styles: written.mapValues { $0.hasBackground ? $0.style : $0.style.on(ground) })
    }

    // MARK: -

    private static func style(
        _ words: [String], _ colors: [String: Color], line: Int
    ) throws(Fault) -> (style: Style, hasBackground: Bool) {
        var style = Style()
        var isGround = false
        var hasBackground = false
        for word in words {
            if word == "on" {
                isGround = true
            } else if let attribute = attributes[word] {
                style.attributes.formUnion(attribute)
            } else if isGround {
                style.background = try color(word, colors, line: line)
                hasBackground = true
            } else {
                style.foreground = try color(word, colors, line: line)
            }
        }
        return (style, hasBackground)
    }

    private static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]

    private static func color(_ word: String, _ colors: [String: Color], line: Int) throws(Fault) -> Color {
        if word == "default" { return .default }
        if let named = colors[word] { return named }
        if word.hasPrefix("#"), word.count == 7, let value = UInt32(word.dropFirst(), radix: 16) { return .hex(value) }
        if let index = UInt8(word) { return .indexed(index) }
        throw .unknownWord(word, line: line)
    }
}
