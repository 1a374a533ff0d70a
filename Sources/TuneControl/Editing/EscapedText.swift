/// Texts written in one line: `\n` for a line end, `\t` for a tab, `\|` and `\\` for those signs themselves.
enum EscapedText {
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\n": result += #"\n"#
            case "\r\n": result += #"\r\n"#
            case "\r": result += #"\r"#
            case "\t": result += #"\t"#
            case "\\", "|": result += "\\\(character)"
            default: result.append(character)
            }
        }
    }

    /// Several texts, with a bar between any two.
    static func joined(_ texts: [String]) -> String { texts.map(escaped).joined(separator: "|") }

    static func plain(_ line: String) -> String { read(line, cutting: false).first ?? "" }

    /// The texts between bars; empty ones are left out.
    static func parts(_ line: String) -> [String] { read(line, cutting: true).filter { !$0.isEmpty } }

    // MARK: -

    private static func read(_ line: String, cutting: Bool) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in line {
            if isEscaped {
                isEscaped = false
                switch character {
                case "n": parts[parts.count - 1].append("\n")
                case "r": parts[parts.count - 1].append("\r")
                case "t": parts[parts.count - 1].append("\t")
                case "\\", "|": parts[parts.count - 1].append(character)
                // Anything else was meant as it stands.
                default: parts[parts.count - 1] += "\\\(character)"
                }
            } else if character == "\\" {
                isEscaped = true
            } else if character == "|", cutting {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        if isEscaped { parts[parts.count - 1].append("\\") }
        return parts
    }
}
