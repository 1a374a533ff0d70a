public import TuneModel

/// The JSON line of a record, as prepared files spell it: keys in a fixed order, no spaces.
public enum RecordLine {
    /// Without a line end.
    public static func text(of record: Record) -> String { String(decoding: bytes(of: record), as: UTF8.self) }

    /// With the keys that a file has for prompt and completion.
    static func bytes(of record: Record, _ columns: Columns = .standard) -> [UInt8] {
        let buffer = ByteBuffer()
        switch record {
        case .completion(let prompt, let completion):
            buffer.append("{")
            append(columns.prompt, to: buffer)
            buffer.append(":")
            append(prompt, to: buffer)
            buffer.append(",")
            append(columns.completion, to: buffer)
            buffer.append(":")
            append(completion, to: buffer)
        case .chat(let messages):
            buffer.append("{\"messages\":")
            append(messages, to: buffer)
        case .preference(let input, let preferred, let rejected):
            buffer.append("{\"input\":{\"messages\":")
            append(input, to: buffer)
            buffer.append("},\"preferred_output\":")
            append(preferred, to: buffer)
            buffer.append(",\"non_preferred_output\":")
            append(rejected, to: buffer)
        }
        buffer.append("}")
        return buffer.array
    }

    private static func append(_ messages: [Message], to buffer: ByteBuffer) {
        buffer.append("[")
        for (index, message) in messages.enumerated() {
            buffer.append(index == 0 ? "{\"role\":" : ",{\"role\":")
            append(message.role, to: buffer)
            buffer.append(",\"content\":")
            append(message.content, to: buffer)
            if let weight = message.weight {
                buffer.append(",\"weight\":" + (Int(exactly: weight).map { "\($0)" } ?? "\(weight)"))
            }
            buffer.append("}")
        }
        buffer.append("]")
    }

    private static func append(_ text: String, to buffer: ByteBuffer) {
        var text = text
        text.withUTF8 { JSONText.encode($0, into: buffer) }
    }
}
