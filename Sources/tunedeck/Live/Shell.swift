/// Texts as a POSIX shell takes them.
enum Shell {
    /// In quotes that keep every character; `$'…'` where there are line ends, tabs or quotes to spell.
    static func quoted(_ text: String) -> String {
        let needsSpelling = text.unicodeScalars.contains {
            $0.value < 0x20 || $0 == "'" || $0 == "\\" || $0.value == 0x7F
        }
        guard needsSpelling else { return "'\(text)'" }
        var spelled = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": spelled += "\\n"
            case "\t": spelled += "\\t"
            case "\r": spelled += "\\r"
            case "'": spelled += "\\'"
            case "\\": spelled += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                spelled += "\\x" + (digits.count == 1 ? "0" : "") + digits
            default: spelled.unicodeScalars.append(scalar)
            }
        }
        return "$'\(spelled)'"
    }
}
