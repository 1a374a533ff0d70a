/// Why a text is not a row of keys.
public enum KeyNotationError: Error, Hashable, Sendable {
    /// `<nothing>`: the name between the brackets is no key.
    case unknownKey(String)
    /// A `<` that no `>` follows; a real one is written `<lt>`.
    case unclosed(String)
}

/// Keys written as text: `jj<enter>f<c-p>`.
///
/// Every character is a key of its own, except names in angle brackets: `<enter>`, `<esc>`, `<f1>`, `<lt>` for `<`;
/// `c-`, `a-` and `s-` in front mean control, alt and shift: `<c-p>`, `<a-enter>`, `<c-s-left>`.
public enum KeyNotation {
    /// The keys that a text stands for, in order.
    public static func keys(in text: String) throws(KeyNotationError) -> [Key] {
        var keys: [Key] = []
        var rest = text[...]
        while let first = rest.first {
            guard first == "<" else {
                keys.append(.character(first))
                rest.removeFirst()
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { throw .unclosed(String(rest)) }
            keys.append(try key(named: String(rest[rest.index(after: rest.startIndex)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        return keys
    }

    /// A key as `keys(in:)` reads it; a paste is its text.
    public static func text(for key: Key) -> String {
        switch key {
        case .character("<"): "<lt>"
        case .character(" "): "<space>"
        case .character(let character): String(character)
        case .paste(let text): text.map { self.text(for: .character($0)) }.joined()
        case .mouse: "<mouse>"
        default: "<\(name(of: key))>"
        }
    }

    /// A key as a footer or help shows it: `^p`, `⏎`, `esc`, `F1`.
    public static func label(for key: Key) -> String {
        switch key {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .enter: "⏎"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .function(let number): "F\(number)"
        case .ctrl(let key): "^" + label(for: key)
        case .alt(let key): "alt-" + label(for: key)
        case .shift(let key): "shift-" + label(for: key)
        case .paste(let text): text
        case .mouse: "mouse"
        default: name(of: key)
        }
    }

    // MARK: -

    private static let names: [(name: String, key: Key)] = [
        ("enter", .enter), ("esc", .escape), ("tab", .tab), ("backspace", .backspace), ("del", .delete),
        ("ins", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
        ("end", .end), ("pgup", .pageUp), ("pgdn", .pageDown), ("space", " "), ("lt", "<"), ("gt", ">"),
        ("minus", "-"), ("return", .enter), ("escape", .escape), ("delete", .delete), ("insert", .insert),
        ("pageup", .pageUp), ("pagedown", .pageDown), ("bs", .backspace),
    ]

    private static func key(named text: String) throws(KeyNotationError) -> Key {
        let lower = text.lowercased()
        let modifiers: [(String, (Key) -> Key)] = [("c-", Key.ctrl), ("a-", Key.alt), ("s-", Key.shift)]
        for (prefix, modify) in modifiers where lower.hasPrefix(prefix) && text.count > prefix.count {
            return modify(try key(named: String(text.dropFirst(prefix.count))))
        }
        if let named = names.first(where: { $0.name == lower }) { return named.key }
        if text.count == 1 { return .character(text.first!) }
        if lower.first == "f", let number = Int(lower.dropFirst()), (1...12).contains(number) {
            return .function(number)
        }
        throw .unknownKey(text)
    }

    private static func name(of key: Key) -> String {
        switch key {
        case .ctrl(let key): "c-" + name(of: key)
        case .alt(let key): "a-" + name(of: key)
        case .shift(let key): "s-" + name(of: key)
        case .function(let number): "f\(number)"
        case .character(let character): names.first { $0.key == key }?.name ?? String(character)
        default: names.first { $0.key == key }?.name ?? text(for: key)
        }
    }
}
