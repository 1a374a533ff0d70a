import TuneModel

/// The records of a dataset's lines, whatever way they are laid out.
struct RowRecords {
    private let columns: Columns
    private let layout: ChatLayout?

    init(of dataset: Dataset) {
        columns = dataset.columns
        layout = ChatLayout(of: dataset)
    }

    /// nil where the line is no record.
    func record(in line: Line) -> Record? {
        guard !line.isCut, let value = try? JSONValue(line.bytes) else { return nil }
        return record(of: layout.map { $0.standard(value) } ?? value)
    }

    private func record(of value: JSONValue?) -> Record? {
        value.flatMap { try? RecordParser.record(from: $0, columns) }
    }
}

/// What an answer follows from, and the answer, as digests.
struct RecordSides {
    /// nil when there is no question: nothing but the answer tells such records apart.
    let question: Digest?
    let answer: Digest
    let whole: Digest

    init(of record: Record) {
        let (question, answer) = Self.texts(of: record)
        self.question = question.isEmpty ? nil : Self.digest(question)
        self.answer = Self.digest(answer)
        whole = Self.digest(question, answer)
    }

    /// Of a chat, what precedes the last answer is the question.
    static func texts(of record: Record) -> (question: String, answer: String) {
        func text(_ messages: some Sequence<Message>) -> String {
            messages.map { "\($0.role)\u{1f}\($0.content)" }.joined(separator: "\u{1e}")
        }
        switch record {
        case .completion(let prompt, let completion): return (prompt, completion)
        case .chat(let messages):
            let last = messages.lastIndex { $0.role == "assistant" } ?? messages.endIndex
            return (text(messages[..<last]), text(messages[last...]))
        case .preference(let input, let preferred, let rejected): return (text(input), text(preferred + rejected))
        }
    }

    private static func digest(_ text: String, _ other: String? = nil) -> Digest {
        var text = text
        guard var other else { return text.withUTF8 { Digest($0) } }
        return text.withUTF8 { first in other.withUTF8 { Digest(first, $0) } }
    }
}
