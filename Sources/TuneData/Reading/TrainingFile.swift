public import TuneModel

/// A file that is to be trained on, read strictly: its first fault ends the reading, told by file and line.
public enum TrainingFile {
    /// All records of a file, in order.
    ///
    /// Throws when the file has no records, a line is no record or one that cannot be trained: an empty completion, an
    /// unknown role, no assistant turn, or another shape than the first record's.
    public static func records(at path: String, work: DataWork = .quiet) throws(DataError) -> [Record] {
        let dataset = try Dataset(opening: path, work: work.stretch(0...0.2))
        guard dataset.count > 0 else { throw .noRecords(file: path) }
        var records: [Record] = []
        records.reserveCapacity(dataset.count)
        try LineReader(file: dataset.lines).forEach(work: work.stretch(0.2...1)) { line throws(DataError) in
            if line.isBlank { return true }
            let record = try record(of: line, in: path)
            if let first = records.first, first.shape != record.shape {
                let problem = RecordProblem.otherShape(
                    expected: first.shape.rawValue, found: record.shape.rawValue)
                throw .badRecord(file: path, line: line.number, problem: problem)
            }
            records.append(record)
            return true
        }
        return records
    }

    private static func record(of line: Line, in path: String) throws(DataError) -> Record {
        let value: JSONValue
        do throws(JSONScanner.Failure) {
            value = try JSONValue(line.bytes)
            guard case .object = value else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
        } catch {
            throw .notJSON(
                file: path, line: line.number, column: error.column(in: line.bytes), problem: error.problem)
        }
        do throws(RecordProblem) {
            try checkTexts(of: value)
            let record = try RecordParser.record(from: value)
            try RecordRules.check(record)
            return record
        } catch {
            throw .badRecord(file: path, line: line.number, problem: error)
        }
    }

    /// Texts must be texts, and well-formed ones: what the reader would turn into something else is not trained on.
    private static func checkTexts(of value: JSONValue) throws(RecordProblem) {
        guard RecordParser.shape(of: value) == .completion else { return }
        for name in ["prompt", "completion"] {
            switch RecordParser.field(name, of: value) {
            case nil: throw .missing(field: name)
            case .null?: throw .null(field: name)
            case .text(let bytes)?:
                guard bytes.withUnsafeBufferPointer(isUTF8) else { throw .notUTF8(field: name) }
            default: throw .notText(field: name)
            }
        }
    }
}

/// What a record needs so that something can be learned from it.
enum RecordRules {
    static let roles: Set<String> = ["system", "developer", "user", "assistant", "tool", "function"]

    static func check(_ record: Record) throws(RecordProblem) {
        switch record {
        case .completion(_, let completion):
            guard !completion.isEmpty else { throw .empty(field: "completion") }
        case .chat(let messages):
            try check(messages, named: "messages")
            guard let turn = messages.last(where: \.isTrained) else { throw .noAssistantTurn }
            guard !turn.content.isEmpty else { throw .empty(field: "content") }
        case .preference(let input, let preferred, let rejected):
            try check(input, named: "input")
            for (side, name) in [(preferred, "preferred_output"), (rejected, "non_preferred_output")] {
                try check(side, named: name)
                guard side.contains(where: { $0.role == "assistant" && !$0.content.isEmpty }) else {
                    throw .empty(field: name)
                }
            }
        }
    }

    private static func check(_ messages: [Message], named name: String) throws(RecordProblem) {
        guard !messages.isEmpty else { throw .empty(field: name) }
        for message in messages where !roles.contains(message.role) { throw .unknownRole(message.role) }
    }
}
