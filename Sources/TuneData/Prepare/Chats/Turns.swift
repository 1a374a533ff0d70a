import TuneModel

/// The turns of a conversation as they stand in a row, with whatever else they hold.
enum Turns {
    static func role(_ turn: JSONValue) -> String { turn["role"]?.string ?? "" }

    /// The turn's text; of a list of parts, the texts among them.
    static func text(_ turn: JSONValue) -> String { RecordParser.content(turn["content"]) }

    /// Whether the turn calls a tool, and so says something without a text.
    static func calls(_ turn: JSONValue) -> Bool {
        ["tool_calls", "function_call"].contains { key in
            switch turn[key] {
            case nil, .null?, .list([])?: false
            default: true
            }
        }
    }

    static func turn(_ role: String, _ content: String) -> JSONValue {
        .object([
            .init(key: "role", value: .text(Array(role.utf8))),
            .init(key: "content", value: .text(Array(content.utf8))),
        ])
    }

    /// The turn with another value for a key, which is added at its end where it has none.
    static func setting(_ key: String, of turn: JSONValue, to value: JSONValue) -> JSONValue {
        guard case .object(let members) = turn else { return turn }
        guard members.contains(where: { $0.key == key }) else {
            return .object(members + [.init(key: key, value: value)])
        }
        return .object(members.map { $0.key == key ? .init(key: key, value: value) : $0 })
    }

    /// The turn with all its texts changed.
    static func mappingTexts(of turn: JSONValue, _ change: ([UInt8]) -> [UInt8]) -> JSONValue {
        switch turn["content"] {
        case .text(let bytes)?: return setting("content", of: turn, to: .text(change(bytes)))
        case .list(let parts)?:
            let changed = parts.map { part -> JSONValue in
                if case .text(let bytes)? = part["text"] { return setting("text", of: part, to: .text(change(bytes))) }
                if case .text(let bytes) = part { return .text(change(bytes)) }
                return part
            }
            return setting("content", of: turn, to: .list(changed))
        default: return turn
        }
    }

    /// The lists of turns in a row in the standard form, changed; the first says what is asked.
    static func mappingLists(
        of row: JSONValue, _ change: (_ turns: [JSONValue], _ isFirst: Bool) -> [JSONValue]
    ) -> JSONValue {
        guard case .object(let members) = row else { return row }
        return .object(
            members.map { member in
                let isFirst = member.key == "messages" || member.key == "input"
                switch (member.key, member.value) {
                case ("messages", .list(let turns)), ("input", .list(let turns)),
                    ("preferred_output", .list(let turns)),
                    ("non_preferred_output", .list(let turns)):
                    return .init(key: member.key, value: .list(change(turns, isFirst)))
                case ("input", .object):
                    guard case .list(let turns)? = member.value["messages"] else { return member }
                    let value = setting("messages", of: member.value, to: .list(change(turns, true)))
                    return .init(key: member.key, value: value)
                default: return member
                }
            })
    }

    /// The same, in order, for looking.
    static func lists(of row: JSONValue) -> [[JSONValue]] {
        var lists: [[JSONValue]] = []
        _ = mappingLists(of: row) { turns, _ in
            lists.append(turns)
            return turns
        }
        return lists
    }
}
