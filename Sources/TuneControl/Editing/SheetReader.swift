import TuneModel

/// Reads the sections of a record sheet.
struct SheetReader {
    let name: String
    let shape: Record.Shape

    private struct Section {
        let line: Int
        let words: [Substring]
        var text: [String] = []

        var content: String { text.joined(separator: "\n") }
    }

    func record(of lines: ArraySlice<String>) throws(SheetProblem) -> Record {
        var sections: [Section] = []
        for (index, line) in zip(lines.indices, lines) {
            if line.hasPrefix(RecordSheet.mark) {
                let words = line.dropFirst(RecordSheet.mark.count).split(whereSeparator: \.isWhitespace)
                sections.append(Section(line: index + 1, words: words))
            } else if sections.isEmpty {
                throw .textAboveFirstMark(file: name, line: index + 1)
            } else {
                let isEscaped = line.hasPrefix("\\") && RecordSheet.looksMarked(line)
                sections[sections.count - 1].text.append(isEscaped ? String(line.dropFirst()) : line)
            }
        }
        switch shape {
        case .completion:
            return .completion(
                prompt: try only("prompt", in: sections), completion: try only("completion", in: sections))
        case .chat:
            return .chat(try sections.map { section throws(SheetProblem) in try turn(section, section.words[...]) })
        case .preference:
            return .preference(
                input: try turns("input", in: sections), preferred: try turns("better", in: sections),
                rejected: try turns("worse", in: sections))
        }
    }

    // MARK: -

    private func only(_ part: String, in sections: [Section]) throws(SheetProblem) -> String {
        var found: Section?
        for section in sections {
            let word = section.words.joined(separator: " ")
            guard word == "prompt" || word == "completion" else {
                throw .unknownMark(file: name, line: section.line, mark: word, known: ["prompt", "completion"])
            }
            guard word == part else { continue }
            if found != nil { throw .twice(file: name, line: section.line, mark: part) }
            found = section
        }
        guard let found else { throw .missing(file: name, mark: part) }
        return found.content
    }

    private func turns(_ part: Substring, in sections: [Section]) throws(SheetProblem) -> [Message] {
        let parts: [Substring] = ["input", "better", "worse"]
        var turns: [Message] = []
        for section in sections {
            guard let first = section.words.first, parts.contains(first) else {
                let word = section.words.joined(separator: " ")
                throw .unknownMark(file: name, line: section.line, mark: word, known: parts.map(String.init))
            }
            if first == part { turns.append(try turn(section, section.words.dropFirst())) }
        }
        guard !turns.isEmpty else { throw .missing(file: name, mark: String(part)) }
        return turns
    }

    /// `assistant`, or `assistant weight 0`.
    private func turn(_ section: Section, _ words: ArraySlice<Substring>) throws(SheetProblem) -> Message {
        let rest = words.dropFirst()
        guard let role = words.first, rest.isEmpty || (rest.count == 2 && rest.first == "weight") else {
            let mark = section.words.joined(separator: " ")
            throw .unknownMark(file: name, line: section.line, mark: mark, known: ["user", "assistant", "system"])
        }
        guard let number = rest.last else { return Message(role: String(role), content: section.content) }
        guard let weight = Double(number), weight.isFinite else {
            throw .badWeight(file: name, line: section.line, text: String(number))
        }
        return Message(role: String(role), content: section.content, weight: weight)
    }
}
