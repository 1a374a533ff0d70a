/// A key press, a paste, or what a mouse did.
///
/// Modified keys wrap the plain one, in the order control, alt, shift: `.ctrl("p")`, `.alt(.enter)`, `.shift(.up)`.
/// A letter with shift is the capital letter.
public enum Key: Hashable, Sendable {
    case character(Character)
    case enter, escape, tab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 to F12.
    case function(Int)
    indirect case ctrl(Key)
    indirect case alt(Key)
    indirect case shift(Key)
    /// Text that was pasted in one piece; its lines end in `\n`.
    case paste(String)
    case mouse(Mouse)

    public static let space = Key.character(" ")
    /// Shift and tab.
    public static let backTab = Key.shift(.tab)

    /// What the key would type into a text field; nil when it types nothing.
    public var text: String? {
        switch self {
        case .character(let character): String(character)
        case .paste(let text): text
        default: nil
        }
    }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    public init(extendedGraphemeClusterLiteral value: Character) {
        self = .character(value)
    }
}
