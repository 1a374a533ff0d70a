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
        case UInt8(ascii: "~"):
            guard numbers.count == 3, numbers[0] == 27, let modifier = numbers[1], let code = numbers[2] else {
                return nil
            }
            return modified(code: code, modifier: modifier)
        default:
            return nil
        }
    }

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
