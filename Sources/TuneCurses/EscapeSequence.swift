import TuneCanvas

/// Control sequences that name a key and its modifiers by number.
///
/// `CSI 13;2u` (the kitty protocol) and `CSI 27;2;13~` (xterm's modifyOtherKeys) are how terminals that can tell
/// shift-enter from enter say so.
nonisolated enum EscapeSequence {
    static func key(parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        let numbers = String(decoding: parameters, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map { Int($0.prefix { $0 != ":" }) }
        switch final {
        case UInt8(ascii: "u"):
            guard let code = numbers.first ?? nil else { return nil }
            return modified(code: code, modifier: numbers.count > 1 ? numbers[1] ?? 1 : 1)
        case UInt8(ascii: "~") where numbers.count < 3:
            guard let number = numbers.first ?? nil, let key = numbered[number] else { return nil }
            return modified(key, by: numbers.count > 1 ? numbers[1] ?? 1 : 1)
        case UInt8(ascii: "~"):
            guard numbers.count == 3, numbers[0] == 27, let modifier = numbers[1], let code = numbers[2] else {
                return nil
            }
            return modified(code: code, modifier: modifier)
        default:
            guard let key = lettered[final] else { return nil }
            return modified(key, by: numbers.count > 1 ? numbers[1] ?? 1 : 1)
        }
    }

    // ncurses reads these itself, except behind a paste.
    private static let lettered: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backTab,
    ]
    private static let numbered: [Int: Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]

    /// Wraps a key in the modifiers that xterm numbers from 2: one more than shift 1, alt 2, control 4.
    static func modified(_ key: Key, by modifier: Int) -> Key {
        let bits = max(0, modifier - 1)
        var key = key
        if bits & 1 != 0 { key = .shift(key) }
        if bits & 2 != 0 { key = .alt(key) }
        if bits & 4 != 0 { key = .ctrl(key) }
        return key
    }

    private static func modified(code: Int, modifier: Int) -> Key? {
        let named: [Int: Key] = [9: .tab, 13: .enter, 27: .escape, 127: .backspace, 8: .backspace]
        if let key = named[code] { return modified(key, by: modifier) }
        // Kitty keeps keypad and modifier keys in the private use area.
        guard code >= 0x20, !(0xE000...0xF8FF).contains(code), let scalar = Unicode.Scalar(code) else { return nil }
        let isShifted = (modifier - 1) & 1 != 0
        let letter = Character(scalar)
        guard isShifted else { return modified(.character(letter), by: modifier) }
        return modified(.character(Character(letter.uppercased())), by: modifier - 1)
    }
}
