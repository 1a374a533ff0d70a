import TuneCanvas

/// Control sequences that name a key and its modifiers by number.
///
/// `CSI 13;2u` (the kitty protocol) and `CSI 27;2;13~` (xterm's modifyOtherKeys) are how terminals that can tell
/// shift-enter from enter say so.
nonisolated enum EscapeSequence {
    static func key(parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        if parameters.first == UInt8(ascii: "<") { return mouse(parameters.dropFirst(), final: final) }
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

    /// `CSI < button ; column ; row M`, or `m` when the button is let go.
    ///
    /// The button's two lowest bits are its number, 4, 8 and 16 shift, alt and control, 32 a movement, 64 the wheel.
    private static func mouse(_ parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        let numbers = String(decoding: parameters, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let button = numbers[0], let column = numbers[1], let row = numbers[2],
            (1...65_536).contains(column), (1...65_536).contains(row), (0..<256).contains(button),
            final == UInt8(ascii: "M") || final == UInt8(ascii: "m")
        else { return nil }
        let act: Mouse.Act
        switch (button & 0b1100_0011, button & 32 != 0) {
        case (0, false): act = final == UInt8(ascii: "m") ? .release : .press
        case (0, true): act = .drag
        case (64, false): act = .wheelUp
        case (65, false): act = .wheelDown
        // Other buttons, and movements without one, mean nothing here.
        default: return nil
        }
        return .mouse(Mouse(act, at: Point(x: column - 1, y: row - 1)))
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
