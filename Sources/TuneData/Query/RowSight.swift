import TuneModel

/// A row that is being looked at: what is asked of it is worked out once. One thread uses it.
final class RowSight {
    let texts: RowTexts
    private let columns: Columns
    private let measure: TokenMeasure?
    private var line: Line?
    private var tokens: TokenCount??
    private var language: TextLanguage?

    init(columns: Columns, tokens measure: TokenMeasure?) {
        texts = RowTexts(columns: columns)
        self.columns = columns
        self.measure = measure
    }

    func look(at line: Line) {
        self.line = line
        tokens = nil
        language = nil
        texts.read(line)
    }

    /// Characters in all, or of what precedes the answers; nil where the row is no record.
    func length(promptOnly: Bool = false) -> Int? {
        guard texts.isRecord else { return nil }
        return texts.parts.reduce(0) { sum, part in
            promptOnly && part.side != .prompt ? sum : sum + scalarCount(texts.text(of: part))
        }
    }

    /// A prompt and its completion count as two.
    var turns: Int? { texts.isRecord ? texts.parts.count : nil }

    /// nil where the row is no record, no base model is known, or its tokens cannot be counted.
    func tokenCount() -> TokenCount? {
        if let tokens { return tokens }
        var count: TokenCount?
        if texts.isRecord, let measure, let line, let value = try? JSONValue(line.bytes),
            let record = try? RecordParser.record(from: value, columns)
        {
            count = try? measure.count(record)
        }
        tokens = .some(count)
        return count
    }

    func script() -> TextLanguage? {
        guard texts.isRecord else { return nil }
        if let language { return language }
        let found = texts.parts.contains(where: \.mayBeWide) ? talliedScript() : hasLetter ? .latin : TextLanguage.none
        language = found
        return found
    }

    private func talliedScript() -> TextLanguage {
        var tally = ScriptTally()
        for part in texts.parts { tally.add(texts.text(of: part)) }
        return tally.language
    }

    private var hasLetter: Bool {
        texts.parts.contains { texts.text(of: $0).contains { ($0 | 0x20) &- 0x61 < 26 } }
    }

    /// Whether a text that is looked for stands in a place. A line that is no record is searched as it is.
    func holds(_ search: TextSearch, in place: SearchPlace) -> Bool {
        guard texts.isRecord else {
            guard place == .anywhere, let line else { return false }
            return search.isIn(line.bytes)
        }
        return texts.parts.contains { part in
            switch place {
            case .anywhere: break
            case .prompt: guard part.side == .prompt else { return false }
            case .completion: guard part.side != .prompt else { return false }
            case .role(let name): guard part.role == RowTexts.Role(name) else { return false }
            }
            return search.isIn(texts.text(of: part), mayBeWide: part.mayBeWide)
        }
    }

    /// The text that the row is sorted by; valid until the next text is asked for.
    func sortText(_ key: RowOrder.Key) -> UnsafeBufferPointer<UInt8>? {
        let parts = texts.parts
        let isPrompt = key == .prompt
        let wanted = parts.first { part in
            isPrompt
                ? part.side == .prompt && part.role != .system && part.role != .developer && part.role != .assistant
                : part.side == .completion
        }
        return (wanted ?? parts.first { ($0.side == .prompt) == isPrompt }).map { texts.text(of: $0) }
    }
}
