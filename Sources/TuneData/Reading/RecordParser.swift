import TuneModel

/// Makes a record of a JSON object.
enum RecordParser {
    /// What kind of record an object's keys announce; nil when they announce none.
    static func shape(of value: JSONValue, _ columns: Columns = .standard) -> Record.Shape? {
        guard case .object(let members) = value else { return nil }
        let keys = Set(members.map { $0.key.lowercased() })
        // Columns that were chosen come before what other keys announce.
        let chosen = [columns.prompt, columns.completion].map { $0.lowercased() }
        if columns != .standard { return chosen.contains(where: keys.contains) ? .completion : nil }
        if keys.contains("messages") { return .chat }
        if keys.contains("preferred_output") || keys.contains("non_preferred_output") { return .preference }
        if keys.contains("prompt") || keys.contains("completion") { return .completion }
        return nil
    }

    /// The record of an object, read leniently: a number or a list in place of a text is taken as its text.
    static func record(
        from value: JSONValue, _ columns: Columns = .standard
    ) throws(RecordProblem) -> Record {
        switch shape(of: value, columns) {
        case .completion:
            return .completion(
                prompt: try text(columns.prompt, of: value), completion: try text(columns.completion, of: value))
        case .chat:
            return .chat(try messages(value["messages"] ?? field("messages", of: value), named: "messages"))
        case .preference:
            let input = value["input"]
            return .preference(
                input: try messages(input?["messages"] ?? input, named: "input"),
                preferred: try messages(value["preferred_output"], named: "preferred_output"),
                rejected: try messages(value["non_preferred_output"], named: "non_preferred_output"))
        case nil:
            throw .unknownShape
        }
    }

    // MARK: -

    /// A field by its name, or by a name that differs only in capitals.
    static func field(_ name: String, of value: JSONValue) -> JSONValue? {
        if let exact = value[name] { return exact }
        guard case .object(let members) = value else { return nil }
        let name = name.lowercased()
        return members.last { $0.key.lowercased() == name }?.value
    }

    private static func text(_ name: String, of value: JSONValue) throws(RecordProblem) -> String {
        switch field(name, of: value) {
        case nil: throw .missing(field: name)
        case .null?: throw .null(field: name)
        case .text(let bytes)?: return String(decoding: bytes, as: UTF8.self)
        case let other?: return PlainText.text(of: other)
        }
    }

    private static func messages(_ value: JSONValue?, named name: String) throws(RecordProblem) -> [Message] {
        switch value {
        case nil: throw .missing(field: name)
        case .null?: throw .null(field: name)
        case .list(let turns)?:
            var messages: [Message] = []
            for turn in turns { messages.append(try message(turn, in: name)) }
            return messages
        default: throw .notAList(field: name)
        }
    }

    private static func message(_ value: JSONValue, in list: String) throws(RecordProblem) -> Message {
        guard case .object = value else { throw .notAList(field: list) }
        guard let role = value["role"] else { throw .missing(field: "role") }
        guard let name = role.string else { throw .notText(field: "role") }
        var weight: Double?
        if case .number(let spelling)? = value["weight"] { weight = Double(spelling) }
        return Message(role: name, content: content(value["content"]), weight: weight)
    }

    /// A turn's text; of a list of parts, the texts among them. A turn that only calls a tool has none.
    static func content(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null?: ""
        case .text(let bytes)?: String(decoding: bytes, as: UTF8.self)
        case .list(let parts)?: parts.compactMap { $0["text"]?.string ?? $0.string }.joined()
        case let other?: PlainText.text(of: other)
        }
    }
}
