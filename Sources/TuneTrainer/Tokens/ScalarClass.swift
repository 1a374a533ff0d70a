/// What pre-tokenizers tell apart.
enum ScalarClass: UInt8 {
    /// General category L.
    case letter
    /// General category N.
    case number
    /// White_Space.
    case space
    case other

    init(_ scalar: Unicode.Scalar) {
        // Unassigned and rare planes are few in real text; the table is for the rest.
        self = scalar.value < 0x10000 ? Self.table[Int(scalar.value)] : Self.lookUp(scalar)
    }

    /// The classes of U+0000 to U+FFFF; surrogates, which no text holds, count as other.
    private static let table: [ScalarClass] = (UInt32(0)...0xFFFF).map { Unicode.Scalar($0).map(lookUp) ?? .other }

    private static func lookUp(_ scalar: Unicode.Scalar) -> ScalarClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            // The reference's tables of letters end with Unicode 16.
            scalar.properties.age.map { $0.major <= 16 } ?? false ? .letter : .other
        case .decimalNumber, .letterNumber, .otherNumber: .number
        default: scalar.properties.isWhitespace ? .space : .other
        }
    }
}
