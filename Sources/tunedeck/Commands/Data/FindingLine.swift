import TuneModel

extension Finding {
    /// One line for the terminal: a sign, the summary, the first records by their numbers from 1.
    func line(in language: Language) -> String {
        let sign =
            switch severity {
            case .good: "✓"
            case .note: "·"
            case .warning: "⚠"
            case .error: "✗"
            }
        guard !rows.isEmpty else { return "\(sign) \(summary[language])" }
        let numbers = rows.prefix(5).map { "\($0 + 1)" }.joined(separator: ", ") + (count > 5 ? ", …" : "")
        let place = Wording(" Records: \(numbers).", "记录：\(numbers)。")
        return "\(sign) \(summary[language])\(place[language])"
    }

    /// With rows from 0, at most a thousand.
    func json(in language: Language) -> JSONOutput {
        .object([
            ("id", .text(id)), ("severity", .text(severity.rawValue)), ("summary", .text(summary[language])),
            ("count", JSONOutput(count)), ("rows", .list(rows.map { JSONOutput($0) })),
        ])
    }
}
