import TuneModel

/// Makes a bulk change in one line.
struct ChangePatch {
    let change: RowChange
    let columns: Columns

    /// A text before and after the change.
    struct Difference {
        let place: TextPlace
        let before: String
        let after: String
    }

    /// The line as changed; nil where there is nothing to change, or the line is no record.
    func line(_ line: UnsafeBufferPointer<UInt8>, _ tell: (Difference) -> Void = { _ in }) -> [UInt8]? {
        guard let record = LocatedRecord(line, columns) else { return nil }
        var patch = LinePatch(line)
        switch change {
        case .role(let from, let to): rename(from, to, record, line, &patch, tell)
        case .system(let text): setSystem(text, record, line, &patch, tell)
        default:
            record.forEachText(line, columns) { place, value in
                guard concerns(place) else { return }
                let before = String(decoding: JSONValue.decoded(value, in: line), as: UTF8.self)
                let after = changed(before, value, line)
                let isSame = after.unicodeScalars.elementsEqual(before.unicodeScalars)
                guard !isSame || isBroken(value, line) else { return }
                put(after, value, line, &patch)
                tell(Difference(place: place, before: before, after: after))
            }
        }
        return patch.isEmpty ? nil : patch.made()
    }

    // MARK: -

    private func concerns(_ place: TextPlace) -> Bool {
        switch change {
        case .replaceText(_, _, let places), .strip(let places): places?.contains(place) ?? true
        case .prefix(_, let wanted), .suffix(_, let wanted): place == wanted
        case .clean, .role, .system: true
        }
    }

    private func changed(_ text: String, _ value: JSONScanner.Value, _ line: UnsafeBufferPointer<UInt8>) -> String {
        switch change {
        case .replaceText(let pattern, let replacement, _):
            return pattern.replacing(in: text, with: replacement)
        case .strip:
            let space = Set(" \t\n\r\u{a0}\u{3000}".unicodeScalars)
            let scalars = text.unicodeScalars
            guard let first = scalars.firstIndex(where: { !space.contains($0) }),
                let last = scalars.lastIndex(where: { !space.contains($0) })
            else { return "" }
            return String(scalars[first...last])
        case .clean:
            let raw = JSONValue.decoded(value, in: line)
            let buffer = ByteBuffer(capacity: raw.count)
            raw.withUnsafeBufferPointer { Cleaning.clean($0, into: buffer) }
            return String(decoding: buffer.bytes, as: UTF8.self)
        case .prefix(let prefix, _):
            return text.hasPrefix(prefix) ? text : prefix + text
        case .suffix(let suffix, _):
            return text.hasSuffix(suffix) ? text : text + suffix
        case .role, .system:
            return text
        }
    }

    /// Whether a text has to be spelled anew although it reads the same: its broken bytes become U+FFFD.
    private func isBroken(_ value: JSONScanner.Value, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard change == .clean else { return false }
        return !JSONValue.decoded(value, in: line).withUnsafeBufferPointer(isUTF8)
    }

    private func put(
        _ text: String, _ value: JSONScanner.Value, _ line: UnsafeBufferPointer<UInt8>, _ patch: inout LinePatch
    ) {
        // A patch keeps broken bytes; cleaning is there to end them.
        guard isBroken(value, line) else { return patch.put(text, in: value) }
        patch.put(patch.style.spelled(Array(text.utf8)), in: value.range)
    }

    private func rename(
        _ from: String, _ to: String, _ record: LocatedRecord, _ line: UnsafeBufferPointer<UInt8>,
        _ patch: inout LinePatch, _ tell: (Difference) -> Void
    ) {
        guard from != to else { return }
        for turn in record.lists.lazy.flatMap(\.turns) where turn.role(in: line) == from {
            guard let role = turn.member("role")?.value else { continue }
            patch.put(to, in: role)
            tell(Difference(place: .turns(of: from), before: from, after: to))
        }
    }

    /// Only the list with the questions has a system prompt.
    private func setSystem(
        _ text: String, _ record: LocatedRecord, _ line: UnsafeBufferPointer<UInt8>, _ patch: inout LinePatch,
        _ tell: (Difference) -> Void
    ) {
        guard let list = record.lists.first else { return }
        let first = list.turns.first { ["system", "developer"].contains($0.role(in: line)) }
        if let first, let content = first.member("content")?.value {
            let texts = LocatedObject.texts(of: content, in: line)
            let target = texts.count == 1 ? texts[0] : content
            let before = texts.map { String(decoding: JSONValue.decoded($0, in: line), as: UTF8.self) }.joined()
            guard !before.unicodeScalars.elementsEqual(text.unicodeScalars) else { return }
            patch.put(text, in: target)
            tell(Difference(place: .turns(of: "system"), before: before, after: text))
        } else {
            let message = RecordPatch.spell(Message(role: "system", content: text), patch.style)
            let place = list.turns.first?.range.lowerBound ?? list.range.lowerBound + 1
            patch.put(message + (list.turns.isEmpty ? [] : [UInt8(ascii: ",")]), in: place..<place)
            tell(Difference(place: .turns(of: "system"), before: "", after: text))
        }
    }
}
