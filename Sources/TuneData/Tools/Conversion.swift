public import TuneModel

/// Turns completion records into conversations, and conversations of one question and one answer into completions.
public struct Conversion: Sendable {
    public var to: Record.Shape
    /// What prompts end with in completion records: taken off on the way to a conversation, put on on the way back.
    public var separator: String
    /// The same for completions.
    public var ending: String
    /// A first turn for every conversation; empty for none.
    public var system: String

    public init(to shape: Record.Shape, separator: String = "", ending: String = "", system: String = "") {
        to = shape
        self.separator = separator
        self.ending = ending
        self.system = system
    }

    /// The record in its new shape. A record that has the shape already stays as it is.
    public func record(_ record: Record) throws(ConversionProblem) -> Record {
        switch (record, to) {
        case (.preference, _), (_, .preference): throw .preference
        case (.completion(let prompt, let completion), .chat):
            let head = system.isEmpty ? [] : [Message(role: "system", content: system)]
            return .chat(
                head + [
                    Message(role: "user", content: Self.without(separator, prompt)),
                    Message(role: "assistant", content: answer(completion)),
                ])
        case (.chat(let messages), .completion): return try completion(of: messages)
        case (.completion, .completion), (.chat, .chat): return record
        }
    }

    /// Writes all records of a dataset in the new shape; returns their number.
    ///
    /// The file must not exist yet. On failure nothing is left behind.
    public func write(_ dataset: Dataset, to path: String, work: DataWork = .quiet) throws(DataError) -> Int {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        guard !PreparedNames.exists(path) else { throw .nameTaken(file: path) }
        let file = try PendingFile(for: path)
        let layout = ChatLayout(of: dataset)
        try dataset.walk(work: work) { line, row throws(DataError) in
            let read = Self.row(row, line, layout, dataset.columns)
            let record = try dataset.record(of: read)
            let converted: Record
            do throws(ConversionProblem) {
                converted = try self.record(record)
            } catch {
                throw .cannotConvert(file: dataset.path, line: line.number, problem: error)
            }
            try file.write(RecordLine.bytes(of: converted) + [0x0a])
            return true
        }
        try file.sync()
        guard dataset.isCurrent else { throw .changedMeanwhile(file: dataset.path) }
        try PendingFile.publish([file])
        return dataset.count
    }

    /// The free name for a converted file: `NAME_chat.jsonl`.
    public static func name(for path: String, shape: Record.Shape) -> String {
        PreparedNames.free([PreparedNames.stem(of: path) + "_" + shape.rawValue])[0]
    }

    // MARK: -

    /// A row, with turns and speakers spelled as models know them where they are laid out in another way.
    private static func row(_ row: Int, _ line: Line, _ layout: ChatLayout?, _ columns: Columns) -> Row {
        guard let layout, !layout.isStandard, !line.isCut, let value = try? JSONValue(line.bytes),
            let standard = layout.standard(value)
        else { return Row(index: row, line: line, columns: columns) }
        let bytes = ChatRepairs(mapsRoles: true).apply(to: standard).json
        return Row(index: row, line: line.number, bytes: bytes, columns: columns)
    }

    private func answer(_ completion: String) -> String {
        // The space in front is the classic form's, not the answer's.
        let text = Self.without(ending, completion)
        return text.hasPrefix(" ") ? String(text.dropFirst()) : text
    }

    private static func without(_ end: String, _ text: String) -> String {
        guard !end.isEmpty, text.unicodeScalars.reversed().starts(with: end.unicodeScalars.reversed()) else {
            return text
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.dropLast(end.unicodeScalars.count)))
    }

    private func completion(of messages: [Message]) throws(ConversionProblem) -> Record {
        let turns = messages.filter { $0.role != "system" && $0.role != "developer" }
        guard turns.count <= 2 else { throw .severalTurns(turns.count) }
        guard let question = turns.first, question.role == "user" else { throw .noQuestion }
        guard let answer = turns.last, answer.role == "assistant" else { throw .noAnswer }
        let system = messages.first { $0.role == "system" || $0.role == "developer" }?.content ?? ""
        let prompt = system.isEmpty ? question.content : system + "\n\n" + question.content
        let space = answer.content.hasPrefix(" ") ? "" : " "
        return .completion(prompt: prompt + separator, completion: space + answer.content + ending)
    }
}
