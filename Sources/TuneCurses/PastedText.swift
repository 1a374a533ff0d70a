/// What of a paste becomes text.
nonisolated enum PastedText {
    /// Line ends become `\n`; every other control goes, since nobody means to paste a command to the terminal.
    static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0D: result.append("\n")
            case 0x0A: if !wasReturn { result.append("\n") }
            case 0x09: result.append(scalar)
            case 0..<0x20, 0x7F..<0xA0: break
            default: result.append(scalar)
            }
            wasReturn = scalar.value == 0x0D
        }
        return String(result)
    }
}
