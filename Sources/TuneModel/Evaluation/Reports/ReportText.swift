/// Foreign text made fit for a report: what would act on a reader's screen is spelled out.
enum ReportText {
    /// Control characters but tab and line break, and those that turn the direction of writing.
    static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: acts) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if acts(scalar) {
                result += "⟨U+" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// For HTML, in text and in attributes.
    static func html(_ text: String) -> String {
        var result = ""
        for character in visible(text).unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// For a line of Markdown or a cell of its tables.
    static func markdown(_ text: String) -> String {
        var result = ""
        for character in visible(text).unicodeScalars {
            switch character {
            case "\n", "\r", "\t": result += " "
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "!": result += "\\" + String(character)
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// A block of Markdown that shows a text as it is, whatever it holds.
    static func fenced(_ text: String) -> String {
        let text = visible(text)
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)text\n\(text)\n\(fence)"
    }

    private static func acts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: true
        default: false
        }
    }
}
