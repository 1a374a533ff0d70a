import TuneModel

/// How a file spells its conversations: as they are trained, or in another way that is common and can be turned into it.
enum ChatLayout: Hashable, Sendable {
    /// `messages` with `role` and `content`.
    case messages
    /// `input`, `preferred_output`, `non_preferred_output`.
    case preference
    /// A list of turns under another key, or with other keys in its turns: `conversations` with `from` and `value`.
    case turns(key: String)
    /// `prompt`, `chosen`, `rejected`.
    case choices

    /// What the first row that tells says; nil for prompts and completions.
    init?(of dataset: Dataset) {
        guard dataset.columns == .standard else { return nil }
        if dataset.shape == .preference {
            self = .preference
            return
        }
        var found: ChatLayout?
        var tries = 0
        try? dataset.walk { line, _ throws(DataError) in
            if !line.isCut, let value = try? JSONValue(line.bytes) { found = ChatLayout(of: value) }
            tries += 1
            return found == nil && tries < 20
        }
        guard let found = found ?? (dataset.shape == .chat ? .messages : nil) else { return nil }
        self = found
    }

    /// What an object's keys announce.
    private init?(of value: JSONValue) {
        guard case .object(let members) = value else { return nil }
        let keys = members.map(\.key)
        if keys.contains("preferred_output") || keys.contains("non_preferred_output") {
            self = .preference
        } else if keys.contains("chosen"), keys.contains("rejected") {
            self = .choices
        } else if keys.contains("messages") {
            guard case .list(let turns)? = value["messages"], let first = turns.first, first["role"] == nil,
                first["from"] != nil || first["speaker"] != nil
            else {
                self = .messages
                return
            }
            self = .turns(key: "messages")
        } else if !keys.contains("completion"),
            let key = Self.lists.first(where: { key in
                guard case .list(let turns)? = value[key], case .object? = turns.first else { return false }
                return true
            })
        {
            self = .turns(key: key)
        } else {
            return nil
        }
    }

    private static let lists = ["conversations", "conversation", "dialogue", "dialog", "turns", "items", "chat"]

    /// Whether lines stand as they are trained.
    var isStandard: Bool { self == .messages || self == .preference }

    var shape: Record.Shape { self == .preference || self == .choices ? .preference : .chat }

    // MARK: - Turning lines into the standard form

    /// The object in the form that is trained; other members stay. nil when it is not laid out in this way.
    func standard(_ value: JSONValue) -> JSONValue? {
        guard case .object(let members) = value else { return nil }
        switch self {
        case .messages, .preference: return value
        case .turns(let key):
            guard case .list(let turns)? = value[key] else { return value["messages"] == nil ? nil : value }
            var messages = turns.map(Self.turn)
            var rest = members.filter { $0.key != key }
            if let system = value["system"]?.string {
                rest.removeAll { $0.key == "system" }
                let isThere = messages.first?["role"]?.string == "system"
                if !system.isEmpty, !isThere {
                    messages.insert(Self.message("system", .text(Array(system.utf8))), at: 0)
                }
            }
            return .object([.init(key: "messages", value: .list(messages))] + rest)
        case .choices:
            guard let chosen = value["chosen"], let rejected = value["rejected"] else {
                return value["preferred_output"] == nil ? nil : value
            }
            let rest = members.filter { !["prompt", "chosen", "rejected"].contains($0.key) }
            let (input, preferred, other) = Self.sides(prompt: value["prompt"], chosen, rejected)
            return .object(
                [
                    .init(key: "input", value: .object([.init(key: "messages", value: .list(input))])),
                    .init(key: "preferred_output", value: .list(preferred)),
                    .init(key: "non_preferred_output", value: .list(other)),
                ] + rest)
        }
    }

    private static func message(_ role: String, _ content: JSONValue) -> JSONValue {
        .object([.init(key: "role", value: .text(Array(role.utf8))), .init(key: "content", value: content)])
    }

    private static func turn(_ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        let keys = Set(members.map(\.key))
        return .object(
            members.map { member in
                let name =
                    switch member.key {
                    case "from", "speaker": keys.contains("role") ? member.key : "role"
                    case "value", "text", "message": keys.contains("content") ? member.key : "content"
                    default: member.key
                    }
                return .init(key: name, value: member.value)
            })
    }

    /// Both answers may hold the whole conversation; what they begin with in common is the question then.
    private static func sides(
        prompt: JSONValue?, _ chosen: JSONValue, _ rejected: JSONValue
    ) -> (input: [JSONValue], preferred: [JSONValue], rejected: [JSONValue]) {
        func turns(_ value: JSONValue, _ role: String) -> [JSONValue] {
            if case .list(let turns) = value { return turns.map(turn) }
            return [message(role, value)]
        }
        let input = prompt.map { turns($0, "user") } ?? []
        let (preferred, other) = (turns(chosen, "assistant"), turns(rejected, "assistant"))
        let common = zip(preferred.dropLast(), other.dropLast()).prefix { $0 == $1 }.map(\.0)
        guard !common.isEmpty else { return (input, preferred, other) }
        let isWhole =
            input.isEmpty || common.suffix(input.count) == input[...] || common.prefix(input.count) == input[...]
        return (
            isWhole ? common : input, Array(preferred.dropFirst(common.count)), Array(other.dropFirst(common.count))
        )
    }
}
