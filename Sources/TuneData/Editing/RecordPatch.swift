import TuneModel

/// Makes a line say another record, and changes nothing else in it.
enum RecordPatch {
    /// The line with the record's texts in the place of its own; nil when it says the record already.
    static func line(_ bytes: [UInt8], as record: Record, _ columns: Columns) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { line in
            guard let value = try? JSONValue(line), case .object = value, let object = LocatedObject(line) else {
                return RecordLine.bytes(of: record, columns)
            }
            guard let located = LocatedRecord(line, columns), located.shape == record.shape else {
                return whole(record, keeping: object, of: line, columns)
            }
            var patch = LinePatch(line)
            let old = try? RecordParser.record(from: value, columns)
            switch (record, old) {
            case (.completion(let prompt, let completion), _):
                var (oldPrompt, oldCompletion): (String?, String?) = (nil, nil)
                if case .completion(let a, let b)? = old { (oldPrompt, oldCompletion) = (a, b) }
                put(prompt, oldPrompt, columns.prompt, of: object, &patch)
                put(completion, oldCompletion, columns.completion, of: object, &patch)
            case (.chat(let new), .chat(let old)?):
                turns(located.lists[0], old, new, line, &patch)
            case (.preference(let input, let preferred, let rejected), .preference(let a, let b, let c)?):
                turns(located.lists[0], a, input, line, &patch)
                turns(located.lists[1], b, preferred, line, &patch)
                turns(located.lists[2], c, rejected, line, &patch)
            default:
                return whole(record, keeping: object, of: line, columns)
            }
            return patch.isEmpty ? nil : patch.made()
        }
    }

    private static func put(
        _ text: String, _ old: String?, _ name: String, of object: LocatedObject, _ patch: inout LinePatch
    ) {
        guard text != old || !text.unicodeScalars.elementsEqual((old ?? "").unicodeScalars) else { return }
        if let member = object.field(name) {
            patch.put(text, in: member.value)
        } else {
            patch.add(name, patch.style.quoted(text), to: object)
        }
    }

    /// A record of another shape: what the line holds beside its old record stays.
    private static func whole(
        _ record: Record, keeping object: LocatedObject, of line: UnsafeBufferPointer<UInt8>, _ columns: Columns
    ) -> [UInt8] {
        let own: Set<String> = [
            columns.prompt.lowercased(), columns.completion.lowercased(), "messages", "input", "preferred_output",
            "non_preferred_output",
        ]
        var bytes = RecordLine.bytes(of: record, columns)
        for member in object.members where !own.contains(member.name.lowercased()) {
            bytes.removeLast()
            bytes += [UInt8(ascii: ",")] + line[member.key.whole.lowerBound..<member.whole.upperBound] + [0x7d]
        }
        return bytes
    }

    // MARK: - Turns

    /// Turns that are the same at the head and at the end stay as they are; those between are changed one by one.
    private static func turns(
        _ located: LocatedTurns, _ old: [Message], _ new: [Message], _ line: UnsafeBufferPointer<UInt8>,
        _ patch: inout LinePatch
    ) {
        let limit = min(old.count, new.count)
        var head = 0
        while head < limit, same(old[head], new[head]) { head += 1 }
        var tail = 0
        while tail < limit - head, same(old[old.count - 1 - tail], new[new.count - 1 - tail]) { tail += 1 }
        let (oldEnd, newEnd) = (old.count - tail, new.count - tail)
        let both = min(oldEnd, newEnd) - head
        for place in head..<head + both { turn(located.turns[place], old[place], new[place], line, &patch) }
        let at = head + both
        if oldEnd > at {
            // With the comma before them, or with the one behind where they are the first.
            let first = located.turns[at].range.lowerBound
            let last = located.turns[oldEnd - 1].range.upperBound
            let from = at > 0 ? located.turns[at - 1].range.upperBound : first
            let to = at > 0 || oldEnd == old.count ? last : located.turns[oldEnd].range.lowerBound
            patch.put([], in: from..<to)
        }
        guard newEnd > at else { return }
        let spelled = new[at..<newEnd].map { spell($0, patch.style) }
        let comma = [UInt8(ascii: ",")]
        if at > 0 {
            let place = located.turns[at - 1].range.upperBound
            patch.put(Array(spelled.map { comma + $0 }.joined()), in: place..<place)
        } else {
            let place = located.turns.first?.range.lowerBound ?? located.range.lowerBound + 1
            let text = Array(spelled.joined(separator: comma)) + (located.turns.isEmpty ? [] : comma)
            patch.put(text, in: place..<place)
        }
    }

    private static func same(_ a: Message, _ b: Message) -> Bool {
        a.role.unicodeScalars.elementsEqual(b.role.unicodeScalars)
            && a.content.unicodeScalars.elementsEqual(b.content.unicodeScalars) && a.weight == b.weight
    }

    private static func turn(
        _ turn: LocatedObject, _ old: Message, _ new: Message, _ line: UnsafeBufferPointer<UInt8>,
        _ patch: inout LinePatch
    ) {
        put(new.role, old.role, "role", of: turn, &patch)
        if !new.content.unicodeScalars.elementsEqual(old.content.unicodeScalars) {
            if let content = turn.member("content")?.value {
                let texts = LocatedObject.texts(of: content, in: line)
                patch.put(new.content, in: texts.count == 1 ? texts[0] : content)
            } else {
                patch.add("content", patch.style.quoted(new.content), to: turn)
            }
        }
        guard new.weight != old.weight else { return }
        // No weight means 1.
        let weight = Array(number(new.weight ?? 1).utf8)
        if let member = turn.member("weight") {
            patch.put(weight, in: member.whole)
        } else {
            patch.add("weight", weight, to: turn)
        }
    }

    static func spell(_ message: Message, _ style: JSONStyle) -> [UInt8] {
        var bytes = Array("{\"role\":".utf8) + style.quoted(message.role) + Array(",\"content\":".utf8)
        bytes += style.quoted(message.content)
        if let weight = message.weight { bytes += Array((",\"weight\":" + number(weight)).utf8) }
        return bytes + [0x7d]
    }

    private static func number(_ weight: Double) -> String { Int(exactly: weight).map { "\($0)" } ?? "\(weight)" }
}
