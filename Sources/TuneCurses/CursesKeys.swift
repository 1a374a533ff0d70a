import CNcurses
import Foundation
import TuneCanvas

/// Reads keys through ncurses.
///
/// ncurses knows from terminfo which bytes a key sends and how long to wait for the rest of them. They are read as
/// bytes, not wide characters, so that input is UTF-8 whatever the locale says; and from a pad, because reading from a
/// window would repaint it.
struct CursesKeys {
    private let pad: UnsafeMutablePointer<WINDOW>
    private var decoder: KeyDecoder
    private var lastByte = ContinuousClock.now

    /// Call after ncurses has been started.
    init?() {
        guard let pad = newpad(1, 1) else { return nil }
        self.pad = pad
        // A lone escape is one after this many milliseconds; ncurses would wait a whole second.
        set_escdelay(25)
        keypad(pad, true)
        nodelay(pad, true)
        decoder = KeyDecoder(
            keys: Self.defineKeys(), pasteStart: Self.pasteStart, pasteEnd: Self.pasteEnd)
    }

    /// Everything that has been typed, without waiting.
    mutating func pending() -> [Key] {
        var keys: [Key] = []
        var hasRead = false
        while true {
            // ncurses takes a system call for every byte, too many for a large paste.
            while decoder.isPasting, let block = readBlock() {
                hasRead = true
                keys += decoder.decode(block: block)
            }
            if decoder.isPasting { break }
            var codes: [Int32] = []
            while codes.last != Self.pasteStart {
                let code = wgetch(pad)
                guard code != ERR else { break }
                codes.append(code)
            }
            guard !codes.isEmpty else { break }
            hasRead = true
            keys += decoder.decode(codes)
        }
        if hasRead {
            lastByte = .now
        } else if decoder.isPasting, ContinuousClock.now - lastByte > .seconds(2) {
            return decoder.endPaste()
        }
        return keys
    }

    /// What waits in the terminal, up to a block; nil when nothing does.
    private func readBlock() -> [UInt8]? {
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 0) > 0, Int32(waiting.revents) & POLLIN != 0 else { return nil }
        let block = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, read(STDIN_FILENO, buffer.baseAddress, buffer.count))
        }
        return block.isEmpty ? nil : block
    }

    func close() {
        delwin(pad)
    }

    // MARK: -

    /// Codes of our own, above all of ncurses' and below the 16 bits in which it keeps them.
    private static let firstOwnCode: Int32 = 0x2000
    private static let pasteStart = firstOwnCode
    private static let pasteEnd = firstOwnCode + 1

    /// Tells ncurses the sequences that terminfo leaves out, and gives back every key by its code.
    private static func defineKeys() -> [Int32: Key] {
        var keys = standardKeys
        for number in 1...12 { keys[tunedeck_function_key(Int32(number))] = .function(number) }
        // Some descriptions of terminals give the beginning of a mouse's report to a key, and lose the rest.
        define_key(nil, KEY_MOUSE)
        define_key("\u{1B}[200~", pasteStart)
        define_key("\u{1B}[201~", pasteEnd)
        var code = pasteEnd + 1
        func define(_ sequence: String, _ key: Key) {
            define_key(sequence, code)
            keys[code] = key
            code += 1
        }
        for (letter, key) in letterKeys {
            // Both cursor key modes: not every terminal switches when told to.
            define("\u{1B}[\(letter)", key)
            define("\u{1B}O\(letter)", key)
            for modifier in 2...8 {
                define("\u{1B}[1;\(modifier)\(letter)", EscapeSequence.modified(key, by: modifier))
            }
        }
        for (number, key) in numberKeys {
            define("\u{1B}[\(number)~", key)
            for modifier in 2...8 {
                define("\u{1B}[\(number);\(modifier)~", EscapeSequence.modified(key, by: modifier))
            }
        }
        define("\u{1B}[Z", .backTab)
        return keys
    }

    private static let standardKeys: [Int32: Key] = [
        KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
        KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_DC: .delete, KEY_IC: .insert, KEY_ENTER: .enter,
        KEY_BACKSPACE: .backspace, KEY_BTAB: .backTab, KEY_SR: .shift(.up), KEY_SF: .shift(.down),
        KEY_SLEFT: .shift(.left), KEY_SRIGHT: .shift(.right), KEY_SHOME: .shift(.home), KEY_SEND: .shift(.end),
        KEY_SDC: .shift(.delete),
    ]
    private static let letterKeys: [(String, Key)] = [
        ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
        ("P", .function(1)), ("Q", .function(2)), ("R", .function(3)), ("S", .function(4)),
    ]
    private static let numberKeys: [(Int, Key)] = [
        (1, .home), (2, .insert), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown), (7, .home), (8, .end),
        (15, .function(5)), (17, .function(6)), (18, .function(7)), (19, .function(8)), (20, .function(9)),
        (21, .function(10)), (23, .function(11)), (24, .function(12)),
    ]
}
