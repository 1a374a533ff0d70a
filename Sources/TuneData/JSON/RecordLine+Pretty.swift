public import TuneModel

/// A record as JSON over several lines, for a person to edit.
extension RecordLine {
    /// Letters of every language stand as they are; controls and what cannot be seen are escaped.
    public static func pretty(_ record: Record) -> String {
        switch record {
        case .completion(let prompt, let completion):
            """
            {
              "prompt": \(quoted(prompt)),
              "completion": \(quoted(completion))
            }

            """
        case .chat(let messages):
            """
            {
              "messages": \(list(messages, indent: "  "))
            }

            """
        case .preference(let input, let preferred, let rejected):
            """
            {
              "input": {
                "messages": \(list(input, indent: "    "))
              },
              "preferred_output": \(list(preferred, indent: "  ")),
              "non_preferred_output": \(list(rejected, indent: "  "))
            }

            """
        }
    }

    /// The record that a text of JSON holds, over however many lines.
    ///
    /// - Parameters:
    ///   - file: what the text is called in an error.
    ///   - firstLine: the number of the text's first line.
    public static func record(
        in text: String, of file: String, firstLine: Int = 1
    ) throws(DataError) -> Record {
        let bytes = Array(text.utf8)
        let value: JSONValue
        do throws(JSONScanner.Failure) {
            value = try bytes.withUnsafeBufferPointer { bytes throws(JSONScanner.Failure) in try JSONValue(bytes) }
            guard case .object = value else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
        } catch {
            let before = bytes[..<min(error.offset, bytes.count)]
            let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            throw .notJSON(
                file: file, line: firstLine + before.count { $0 == 0x0A }, column: before.count - start + 1,
                problem: error.problem)
        }
        do throws(RecordProblem) {
            return try RecordParser.record(from: value)
        } catch {
            throw .badRecord(file: file, line: firstLine, problem: error)
        }
    }

    // MARK: -

    private static func list(_ messages: [Message], indent: String) -> String {
        guard !messages.isEmpty else { return "[]" }
        let lines = messages.map { message in
            var line = indent + "  {\"role\": \(quoted(message.role)), \"content\": \(quoted(message.content))"
            if let weight = message.weight {
                line += ", \"weight\": " + (Int(exactly: weight).map(String.init) ?? "\(weight)")
            }
            return line + "}"
        }
        return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if isHidden(scalar) {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
