import TuneData
public import TuneModel

/// A record as a plain text that any editor can change: a mark in front of every field or turn, and its text below.
///
/// ```
/// # Everything above the first mark is a note.
/// === prompt
/// What is a kludge? ->
/// === completion
///  A clumsy solution.
/// ```
/// Lines of the text that look like marks have a backslash in front. A text ends with its last line; an empty line
/// below it is a line feed of the text. What an editor might lose, such as controls, makes the sheet JSON instead.
public enum RecordSheet {
    static let mark = "==="

    /// - Parameter notes: lines for the top, in the person's language.
    public static func text(of record: Record, notes: [String]) -> String {
        let heading = notes.map { "# " + $0 + "\n" }.joined()
        guard isPlain(record) else { return heading + RecordLine.pretty(record) }
        var text = heading
        for section in sections(of: record) {
            text += "\(mark) \(section.name)\n"
            for line in section.text.lines { text += (looksMarked(line) ? "\\" : "") + line + "\n" }
        }
        return text
    }

    /// The record that a sheet holds.
    ///
    /// - Parameters:
    ///   - shape: what the record must be.
    ///   - name: what the sheet is called in an error.
    public static func record(in text: String, shape: Record.Shape, of name: String) throws -> Record {
        var lines = text.lines[...]
        if lines.first?.hasPrefix("\u{FEFF}") == true { lines[0].unicodeScalars.removeFirst() }
        // An editor may have gone over to line ends of another system, which the sheet itself never has.
        if lines.contains(where: { $0.hasPrefix(mark) && $0.unicodeScalars.last == "\r" }) {
            lines = lines.map { $0.unicodeScalars.last == "\r" ? String($0.unicodeScalars.dropLast()) : $0 }[...]
        }
        while let first = lines.first, first.hasPrefix("#") || first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        // The last line feed ends a line, and begins none.
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.first else { throw SheetProblem.empty(file: name) }
        guard first.hasPrefix("{") else { return try SheetReader(name: name, shape: shape).record(of: lines) }
        let record = try RecordLine.record(
            in: lines.joined(separator: "\n"), of: name, firstLine: lines.startIndex + 1)
        guard record.shape == shape else {
            let problem = RecordProblem.otherShape(expected: shape.rawValue, found: record.shape.rawValue)
            throw DataError.badRecord(file: name, line: lines.startIndex + 1, problem: problem)
        }
        return record
    }

    // MARK: -

    static func looksMarked(_ line: String) -> Bool { line.drop { $0 == "\\" }.hasPrefix(mark) }

    private static func sections(of record: Record) -> [(name: String, text: String)] {
        func turns(_ messages: [Message], _ prefix: String = "") -> [(String, String)] {
            messages.map { turn in
                let weight = turn.weight.map { " weight \(Int(exactly: $0).map(String.init) ?? String($0))" } ?? ""
                return (prefix + turn.role + weight, turn.content)
            }
        }
        switch record {
        case .completion(let prompt, let completion): return [("prompt", prompt), ("completion", completion)]
        case .chat(let messages): return turns(messages)
        case .preference(let input, let preferred, let rejected):
            return turns(input, "input ") + turns(preferred, "better ") + turns(rejected, "worse ")
        }
    }

    /// Whether every editor keeps the texts as they are.
    private static func isPlain(_ record: Record) -> Bool {
        func isKept(_ text: String) -> Bool {
            text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control: scalar == "\n" || scalar == "\t"
                case .lineSeparator, .paragraphSeparator, .unassigned: false
                case .format: scalar.value == 0x200C || scalar.value == 0x200D
                default: true
                }
            }
        }
        func areKept(_ messages: [Message]) -> Bool {
            !messages.isEmpty
                && messages.allSatisfy { turn in
                    !turn.role.isEmpty && turn.role.utf8.allSatisfy(isNameByte) && isKept(turn.content)
                }
        }
        switch record {
        case .completion(let prompt, let completion): return isKept(prompt) && isKept(completion)
        case .chat(let messages): return areKept(messages)
        case .preference(let input, let preferred, let rejected):
            return areKept(input) && areKept(preferred) && areKept(rejected)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension String {
    /// What stands between line feeds; a return before one stays with its line.
    var lines: [String] {
        unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }
}
