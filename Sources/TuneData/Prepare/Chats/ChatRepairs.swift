import TuneModel

/// The repairs of conversations that some answers ask for, each of which can be applied alone.
struct ChatRepairs: Hashable, Sendable {
    var cleans = false
    var mapsRoles = false
    var dropsEmptyTurns = false
    var joinsTurns = false
    var strips = false
    /// Put at the head of every conversation, in place of what system prompt it has.
    var system: String?

    /// All repairs of the turns themselves.
    static let all = ChatRepairs(
        cleans: true, mapsRoles: true, dropsEmptyTurns: true, joinsTurns: true, strips: true, system: nil)

    func apply(to row: JSONValue) -> JSONValue {
        guard self != ChatRepairs() else { return row }
        return Turns.mappingLists(of: row) { turns, isFirst in
            var turns = turns
            if cleans { turns = turns.map { Turns.mappingTexts(of: $0, Self.cleaned) } }
            if mapsRoles { turns = turns.map(Self.mapped) }
            if dropsEmptyTurns { turns = turns.filter { !Self.isEmpty($0) } }
            if joinsTurns { turns = Self.joined(turns) }
            if strips { turns = turns.map { Turns.mappingTexts(of: $0, Self.stripped) } }
            if let system, isFirst { turns = Self.headed(turns, system) }
            return turns
        }
    }

    // MARK: - One by one

    private static func cleaned(_ text: [UInt8]) -> [UInt8] {
        text.withUnsafeBufferPointer { bytes in
            guard Cleaning.isNeeded(bytes) else { return text }
            let buffer = ByteBuffer(capacity: bytes.count)
            Cleaning.clean(bytes, into: buffer)
            return buffer.array
        }
    }

    /// What a role that nobody trains is called otherwise; nil for known ones and for those that cannot be told.
    static func role(for name: String) -> String? {
        guard !RecordRules.roles.contains(name) else { return nil }
        let plain = name.lowercased().filter { !$0.isWhitespace }
        return RecordRules.roles.contains(plain) ? plain : names[plain]
    }

    private static let names: [String: String] = [
        "human": "user", "prompter": "user", "customer": "user", "client": "user", "person": "user", "question": "user",
        "用户": "user", "人类": "user", "客户": "user", "问": "user",
        "gpt": "assistant", "chatgpt": "assistant", "bot": "assistant", "chatbot": "assistant", "ai": "assistant",
        "model": "assistant", "agent": "assistant", "bard": "assistant", "bing": "assistant", "claude": "assistant",
        "answer": "assistant", "助手": "assistant", "机器人": "assistant", "客服": "assistant", "答": "assistant",
        "instruction": "system", "context": "system", "系统": "system",
        "observation": "tool", "function_response": "tool", "tool_response": "tool", "ipython": "tool",
    ]

    private static func mapped(_ turn: JSONValue) -> JSONValue {
        guard let role = role(for: Turns.role(turn)) else { return turn }
        return Turns.setting("role", of: turn, to: .text(Array(role.utf8)))
    }

    /// A turn in which nothing is said; what a tool gave back may be empty.
    private static func isEmpty(_ turn: JSONValue) -> Bool {
        guard case .object = turn, turn["role"] != nil, !["tool", "function"].contains(Turns.role(turn)),
            !Turns.calls(turn)
        else { return false }
        switch turn["content"] {
        case nil, .null?: return true
        case .text(let bytes)?: return stripped(bytes).isEmpty
        default: return false
        }
    }

    /// Turns of one speaker in a row become one, set apart by a blank line, where nothing but their text tells them
    /// apart.
    private static func joined(_ turns: [JSONValue]) -> [JSONValue] {
        var joined: [JSONValue] = []
        for turn in turns {
            if let last = joined.last, isContinued(last, turn), case .text(let first)? = last["content"],
                case .text(let second)? = turn["content"]
            {
                joined[joined.count - 1] = Turns.setting("content", of: last, to: .text(first + [0x0a, 0x0a] + second))
            } else {
                joined.append(turn)
            }
        }
        return joined
    }

    private static func isContinued(_ turn: JSONValue, _ next: JSONValue) -> Bool {
        guard case .object(let members) = turn, case .object(let others) = next else { return false }
        let role = Turns.role(turn)
        guard role == "user" || role == "assistant" else { return false }
        return members.filter { $0.key != "content" } == others.filter { $0.key != "content" } && !Turns.calls(turn)
    }

    static func stripped(_ text: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0d) }
        guard let start = text.firstIndex(where: { !isSpace($0) }), let end = text.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return start == 0 && end == text.count - 1 ? text : Array(text[start...end])
    }

    private static func headed(_ turns: [JSONValue], _ system: String) -> [JSONValue] {
        guard let first = turns.first else { return turns }
        let role = Turns.role(first)
        guard role == "system" || role == "developer" else { return [Turns.turn("system", system)] + turns }
        guard Turns.text(first) != system else { return turns }
        return [Turns.setting("content", of: first, to: .text(Array(system.utf8)))] + turns.dropFirst()
    }
}
