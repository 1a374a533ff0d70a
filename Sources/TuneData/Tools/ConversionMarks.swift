public import TuneModel

/// What stands around questions and answers in a file of prompts and completions, or could: found by reading it.
struct ConversionMarks {
    let separator: String
    let ending: String

    /// On the way to conversations: what all prompts and all completions end with, pieces of words left aside.
    static func common(to dataset: Dataset, work: DataWork) throws(DataError) -> ConversionMarks {
        let records = RowRecords(of: dataset)
        var (prompts, completions) = (CommonEdge(.end), CommonEdge(.end))
        var count = 0
        try dataset.walk(work: work.stretch(0...0.5)) { line, _ throws(DataError) in
            guard case .completion(var prompt, var completion)? = records.record(in: line) else { return true }
            count += 1
            prompt.withUTF8 { prompts.narrow(by: $0) }
            completion.withUTF8 { completions.narrow(by: $0) }
            return true
        }
        // One record shares all it has with itself.
        guard count > 1 else { return ConversionMarks(separator: "", ending: "") }
        let separator = mark(prompts.bytes)
        var ending = mark(completions.bytes)
        // A mark stands nowhere else.
        try dataset.walk(work: work.stretch(0.5...1)) { line, _ throws(DataError) in
            guard !ending.isEmpty else { return false }
            guard case .completion(_, var completion)? = records.record(in: line) else { return true }
            completion.withUTF8 { text in
                let rest = UnsafeBufferPointer(rebasing: text[..<max(text.count - ending.count, 0)])
                if contains(rest, ending) { ending = [] }
            }
            return true
        }
        return ConversionMarks(
            separator: String(decoding: separator, as: UTF8.self), ending: String(decoding: ending, as: UTF8.self))
    }

    /// On the way back: the first of the usual marks that stand in no question, and in no answer.
    static func unused(in dataset: Dataset, work: DataWork) throws(DataError) -> ConversionMarks {
        let records = RowRecords(of: dataset)
        var separators = Surveyor.separators.map { Array($0.utf8) }
        var endings = Surveyor.endings.map { Array($0.utf8) }
        try dataset.walk(work: work) { line, _ throws(DataError) in
            guard case .chat(let messages)? = records.record(in: line) else { return true }
            for message in messages {
                var text = message.content
                text.withUTF8 { text in
                    if message.role == "assistant" {
                        endings.removeAll { contains(text, $0) }
                    } else {
                        separators.removeAll { contains(text, $0) }
                        // In questions of several lines ` ->` would not stand out.
                        if text.contains(0x0a) { separators.removeAll { $0 == Array(" ->".utf8) } }
                    }
                }
            }
            return true
        }
        return ConversionMarks(
            separator: separators.first.map { String(decoding: $0, as: UTF8.self) } ?? Surveyor.lastSeparator,
            ending: endings.first.map { String(decoding: $0, as: UTF8.self) } ?? Surveyor.lastEnding)
    }

    // MARK: -

    /// What ends sentences, quotations and brackets.
    private static let closing = Set(".!?…\"'”’)。！？」』）》】〉]}".unicodeScalars)

    /// Less the ends of words and of sentences, which belong to what is said.
    private static func mark(_ end: [UInt8]) -> [UInt8] {
        let scalars = String(decoding: end, as: UTF8.self).unicodeScalars
            .drop { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            .drop { closing.contains($0) }
        return Array(String(Substring(scalars)).utf8)
    }
}

extension Conversion {
    /// The conversion of a file, with the separator and the ending that stand in it taken off, or with such as stand
    /// nowhere in it put on; what is told is not looked for. Reads the file once or twice.
    public static func fitting(
        _ dataset: Dataset, to shape: Record.Shape, separator: String? = nil, ending: String? = nil,
        system: String = "", work: DataWork = .quiet
    ) throws(DataError) -> Conversion {
        guard dataset.count > 0 else { throw .noRecords(file: dataset.path) }
        var marks = ConversionMarks(separator: "", ending: "")
        if separator == nil || ending == nil {
            marks =
                shape == .chat
                ? try ConversionMarks.common(to: dataset, work: work)
                : try ConversionMarks.unused(in: dataset, work: work)
        }
        return Conversion(
            to: shape, separator: separator ?? marks.separator, ending: ending ?? marks.ending, system: system)
    }
}
