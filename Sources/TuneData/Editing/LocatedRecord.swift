import TuneModel

/// An object in a line: its members and where they stand.
struct LocatedObject {
    struct Member {
        /// What the key says.
        let name: String
        let key: JSONScanner.Value
        let value: JSONScanner.Value
        /// The value, quotes included.
        let whole: Range<Int>
    }

    let range: Range<Int>
    let members: [Member]

    /// Nil where there is no object at the place.
    init?(_ line: UnsafeBufferPointer<UInt8>, at start: Int = 0) {
        var scanner = JSONScanner(line, from: start)
        do throws(JSONScanner.Failure) {
            scanner.skipSpace()
            let first = scanner.position
            var members: [Member] = []
            try scanner.enterObject()
            while let key = try scanner.nextKey(isFirst: members.isEmpty) {
                let name = String(decoding: JSONValue.decoded(key, in: line), as: UTF8.self)
                let value = try scanner.value(depth: 1)
                members.append(Member(name: name, key: key, value: value, whole: value.whole))
            }
            range = first..<scanner.position
            self.members = members
        } catch {
            return nil
        }
    }

    /// The member that counts: the last one where a key stands twice.
    func member(_ name: String) -> Member? { members.last { $0.name == name } }

    /// The same, or one whose name differs only in capitals.
    func field(_ name: String) -> Member? {
        if let exact = member(name) { return exact }
        let name = name.lowercased()
        return members.last { $0.name.lowercased() == name }
    }
}

extension JSONScanner.Value {
    /// With the quotes of a text.
    var whole: Range<Int> { kind == .text ? range.lowerBound - 1..<range.upperBound + 1 : range }
}

/// A list of turns in a line.
struct LocatedTurns {
    let range: Range<Int>
    let turns: [LocatedObject]

    /// Nil where the value is no list of objects.
    init?(_ line: UnsafeBufferPointer<UInt8>, _ value: JSONScanner.Value) {
        guard value.kind == .list else { return nil }
        var scanner = JSONScanner(line, from: value.range.lowerBound)
        var turns: [LocatedObject] = []
        do throws(JSONScanner.Failure) {
            try scanner.enterList()
            while try scanner.nextElement(isFirst: turns.isEmpty) {
                guard let turn = LocatedObject(line, at: scanner.position) else { return nil }
                _ = try scanner.value(depth: 1)
                turns.append(turn)
            }
        } catch {
            return nil
        }
        range = value.range
        self.turns = turns
    }
}

/// Where the texts of a record stand in its line.
struct LocatedRecord {
    let object: LocatedObject
    let shape: Record.Shape
    /// The lists of turns of a conversation or a preference pair; the first holds the questions.
    let lists: [LocatedTurns]

    /// Nil where the line is no record.
    init?(_ line: UnsafeBufferPointer<UInt8>, _ columns: Columns) {
        guard let value = try? JSONValue(line), let shape = RecordParser.shape(of: value, columns),
            let object = LocatedObject(line)
        else { return nil }
        self.object = object
        self.shape = shape
        func turns(_ member: LocatedObject.Member?) -> LocatedTurns? {
            guard let member else { return nil }
            if member.value.kind == .object, let inner = LocatedObject(line, at: member.value.range.lowerBound) {
                return inner.member("messages").flatMap { LocatedTurns(line, $0.value) }
            }
            return LocatedTurns(line, member.value)
        }
        switch shape {
        case .completion: lists = []
        case .chat:
            guard let messages = turns(object.field("messages")) else { return nil }
            lists = [messages]
        case .preference:
            let parts = ["input", "preferred_output", "non_preferred_output"].map { turns(object.member($0)) }
            guard !parts.contains(where: { $0 == nil }) else { return nil }
            lists = parts.compactMap { $0 }
        }
    }

    /// Calls `body` for each text that counts, with the place it is in.
    func forEachText(
        _ line: UnsafeBufferPointer<UInt8>, _ columns: Columns, _ body: (TextPlace, JSONScanner.Value) -> Void
    ) {
        if shape == .completion {
            for (name, place) in [(columns.prompt, TextPlace.prompt), (columns.completion, .completion)] {
                guard let member = object.field(name), member.value.kind == .text else { continue }
                body(place, member.value)
            }
        }
        for turn in lists.lazy.flatMap(\.turns) {
            guard let role = turn.role(in: line), let content = turn.member("content")?.value else { continue }
            for text in LocatedObject.texts(of: content, in: line) { body(.turns(of: role), text) }
        }
    }
}

extension LocatedObject {
    /// Of a turn: whose it is.
    func role(in line: UnsafeBufferPointer<UInt8>) -> String? {
        guard let role = member("role")?.value, role.kind == .text else { return nil }
        return String(decoding: JSONValue.decoded(role, in: line), as: UTF8.self)
    }

    /// The texts of a content: itself, or those among its parts.
    static func texts(of content: JSONScanner.Value, in line: UnsafeBufferPointer<UInt8>) -> [JSONScanner.Value] {
        if content.kind == .text { return [content] }
        guard content.kind == .list else { return [] }
        var scanner = JSONScanner(line, from: content.range.lowerBound)
        var texts: [JSONScanner.Value] = []
        var isFirst = true
        try? scanner.enterList()
        while (try? scanner.nextElement(isFirst: isFirst)) == true {
            isFirst = false
            guard let part = try? scanner.value(depth: 1) else { break }
            if part.kind == .text { texts.append(part) }
            if part.kind == .object, let object = LocatedObject(line, at: part.range.lowerBound),
                let text = object.member("text")?.value, text.kind == .text
            {
                texts.append(text)
            }
        }
        return texts
    }
}
