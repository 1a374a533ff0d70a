/// A foreign text, a file name or a cell, made fit for a sentence: control characters, escapes and characters that turn
/// the direction of writing are shown as signs, so that they cannot act on the terminal.
public func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { Invisible($0) != nil && $0 != "\u{200d}" }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0a: result.append("⏎")
        case 0x09: result.append("⇥")
        case 0x00..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value)!)
        case 0x7f: result.append("␡")
        default:
            if scalar != "\u{200d}", Invisible(scalar) != nil {
                result.append(contentsOf: "⟨\(String(scalar.value, radix: 16, uppercase: true))⟩".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
    }
    return String(result)
}

/// Characters that nobody sees and that a dataset rarely means to have.
enum Invisible: Hashable, Sendable {
    /// C0 but tab and line ends, DEL, C1.
    case control
    /// Zero-width characters, marks of direction, tags.
    case format

    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x00..<0x20, 0x7f..<0xa0: self = .control
        case 0x00ad, 0x061c, 0x180e, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2069, 0xfeff, 0xfff9...0xfffb,
            0xe0000...0xe007f:
            self = .format
        default: return nil
        }
    }
}
