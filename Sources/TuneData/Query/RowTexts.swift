import TuneModel

/// The texts of a row, found in its line as they stand; used again for row after row. One thread uses it.
///
/// Lines of the usual forms are stepped over without building anything; whatever else there is goes the long way, through
/// `RecordParser`, so that both say the same.
final class RowTexts {
    /// One text: a prompt, a completion, a turn.
    struct Part {
        enum Side { case prompt, completion, rejected }

        let side: Side
        let role: Role
        /// In the line, or in `storage`.
        let range: Range<Int>
        let isStored: Bool
        let hasEscapes: Bool
        let mayBeWide: Bool
    }

    /// Who says a text; `none` in a completion record.
    enum Role: Equatable {
        case none, system, developer, user, assistant, tool, function
        case other(String)

        init(_ name: String) {
            switch name {
            case "system": self = .system
            case "developer": self = .developer
            case "user": self = .user
            case "assistant": self = .assistant
            case "tool": self = .tool
            case "function": self = .function
            default: self = .other(name)
            }
        }

        init(_ name: UnsafeBufferPointer<UInt8>) {
            switch name.count {
            case 4 where equal(name, "user"): self = .user
            case 4 where equal(name, "tool"): self = .tool
            case 6 where equal(name, "system"): self = .system
            case 9 where equal(name, "assistant"): self = .assistant
            default: self = Role(String(decoding: name, as: UTF8.self))
            }
        }
    }

    private(set) var parts: [Part] = []
    /// Whether the line is a record at all.
    private(set) var isRecord = false

    private let columns: Columns
    private let promptKey: [UInt8]
    private let completionKey: [UInt8]
    private let isStandard: Bool
    private let storage = ByteBuffer()
    private let decoded = ByteBuffer()
    private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    init(columns: Columns) {
        self.columns = columns
        promptKey = Array(columns.prompt.utf8)
        completionKey = Array(columns.completion.utf8)
        isStandard = columns == .standard
    }

    /// Reads a line; its texts are valid as long as its bytes are.
    func read(_ line: Line) {
        self.line = line.bytes
        parts.removeAll(keepingCapacity: true)
        isRecord = false
        guard !line.isCut else { return }
        if (try? readQuickly()) == true {
            isRecord = true
            return
        }
        parts.removeAll(keepingCapacity: true)
        guard let value = try? JSONValue(line.bytes), let record = try? RecordParser.record(from: value, columns) else {
            return
        }
        isRecord = true
        store(record)
    }

    /// The text of a part, escapes resolved; valid until the next is asked for.
    func text(of part: Part) -> UnsafeBufferPointer<UInt8> {
        if part.isStored { return UnsafeBufferPointer(rebasing: storage.bytes[part.range]) }
        let raw = UnsafeBufferPointer(rebasing: line[part.range])
        guard part.hasEscapes else { return raw }
        decoded.count = 0
        JSONText.decode(raw, into: decoded)
        return decoded.bytes
    }

    // MARK: - The quick way

    /// Whether the line has one of the usual forms; false or an error means that it has to be read the long way.
    private func readQuickly() throws(JSONScanner.Failure) -> Bool {
        var scanner = JSONScanner(line)
        try scanner.enterObject()
        var prompt: JSONScanner.Value?
        var completion: JSONScanner.Value?
        var hasTurns = false
        var isFirst = true
        while let key = try scanner.nextKey(isFirst: isFirst) {
            isFirst = false
            guard !key.hasEscapes, !key.hasWide || !isStandard else { return false }
            let name = UnsafeBufferPointer(rebasing: line[key.range])
            if equal(name, promptKey) {
                prompt = try scanner.value(depth: 1)
            } else if equal(name, completionKey) {
                completion = try scanner.value(depth: 1)
            } else if isStandard, equal(name, "messages") {
                scanner.skipSpace()
                guard !hasTurns, scanner.next == UInt8(ascii: "["), try readTurns(&scanner) else { return false }
                hasTurns = true
            } else {
                // It may be the name of a list of turns, or one of the columns in capitals.
                guard !isTelling(name) else { return false }
                _ = try scanner.value(depth: 1)
            }
        }
        try scanner.finish()
        if hasTurns { return true }
        guard let prompt, let completion, prompt.kind == .text, completion.kind == .text else { return false }
        add(prompt, .prompt, .none)
        add(completion, .completion, .none)
        return true
    }

    /// Whether a key other than those looked for decides what the record is.
    private func isTelling(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        switch name.count {
        case 8, 16, 20: true
        default: name.count == promptKey.count || name.count == completionKey.count
        }
    }

    private func readTurns(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> Bool {
        try scanner.enterList()
        var isFirst = true
        while try scanner.nextElement(isFirst: isFirst) {
            isFirst = false
            scanner.skipSpace()
            guard scanner.next == UInt8(ascii: "{"), try readTurn(&scanner) else { return false }
        }
        return true
    }

    private func readTurn(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> Bool {
        try scanner.enterObject()
        var role: JSONScanner.Value?
        var content: JSONScanner.Value?
        var weight: Double?
        var isFirst = true
        while let key = try scanner.nextKey(isFirst: isFirst) {
            isFirst = false
            guard !key.hasEscapes else { return false }
            let name = UnsafeBufferPointer(rebasing: line[key.range])
            let value = try scanner.value(depth: 3)
            switch name.count {
            case 4 where equal(name, "role"): role = value
            case 7 where equal(name, "content"): content = value
            case 6 where equal(name, "weight"):
                weight = value.kind == .number ? Double(String(decoding: line[value.range], as: UTF8.self)) : nil
            default: break
            }
        }
        guard let role, let content, role.kind == .text, !role.hasEscapes, content.kind == .text else { return false }
        let speaker = Role(UnsafeBufferPointer(rebasing: line[role.range]))
        add(content, speaker == .assistant && (weight ?? 1) > 0 ? .completion : .prompt, speaker)
        return true
    }

    private func add(_ value: JSONScanner.Value, _ side: Part.Side, _ role: Role) {
        parts.append(
            Part(
                side: side, role: role, range: value.range, isStored: false, hasEscapes: value.hasEscapes,
                mayBeWide: value.hasWide || value.hasEscapes))
    }

    // MARK: - The long way

    private func store(_ record: Record) {
        storage.count = 0
        switch record {
        case .completion(let prompt, let completion):
            store(prompt, .prompt, .none)
            store(completion, .completion, .none)
        case .chat(let messages):
            for message in messages {
                store(message.content, message.isTrained ? .completion : .prompt, Role(message.role))
            }
        case .preference(let input, let preferred, let rejected):
            for message in input { store(message.content, .prompt, Role(message.role)) }
            for message in preferred { store(message.content, .completion, Role(message.role)) }
            for message in rejected { store(message.content, .rejected, Role(message.role)) }
        }
    }

    private func store(_ text: String, _ side: Part.Side, _ role: Role) {
        let start = storage.count
        storage.append(text)
        parts.append(
            Part(
                side: side, role: role, range: start..<storage.count, isStored: true, hasEscapes: false, mayBeWide: true
            ))
    }
}

@inline(__always)
private func equal(_ name: UnsafeBufferPointer<UInt8>, _ key: [UInt8]) -> Bool {
    guard name.count == key.count else { return false }
    for index in 0..<key.count where name[index] != key[index] { return false }
    return true
}

@inline(__always)
private func equal(_ name: UnsafeBufferPointer<UInt8>, _ key: StaticString) -> Bool {
    guard name.count == key.utf8CodeUnitCount else { return false }
    for index in 0..<name.count where name[index] != key.utf8Start[index] { return false }
    return true
}
