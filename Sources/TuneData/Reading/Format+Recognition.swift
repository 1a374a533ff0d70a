extension Format {
    /// Bytes of a file that its format is recognised by.
    private static let headSize = 64 << 10

    /// The format of a file that lies unpacked in `content`.
    static func of(_ path: String, content: SourceFile, options: ReadingOptions) throws(DataError) -> Format {
        if let told = options.format { return told }
        let head = try content.head(headSize)
        // Nobody writes text that begins as these do.
        let isWorkbook = head.starts(with: [0x50, 0x4b, 0x03, 0x04]) || head.starts(with: [0xd0, 0xcf, 0x11, 0xe0])
        let seen = isWorkbook ? .xlsx : recognised(head, isWhole: content.size <= headSize, options.columns)
        let named: Format
        do throws(DataError) {
            named = try Format(path: path)
        } catch {
            guard options.recognition == .byContent, let seen else { throw error }
            return seen
        }
        if isWorkbook { return .xlsx }
        guard options.recognition == .byContent, let seen else { return named }
        guard contradicts(seen, named) else { return named }
        return seen
    }

    /// The format that some first bytes leave no doubt about.
    static func recognised(_ head: [UInt8], isWhole: Bool, _ columns: Columns) -> Format? {
        let text = head[(head.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)...]
        guard let first = text.firstIndex(where: isInk) else { return nil }
        let next = text[(first + 1)...].first(where: isInk)
        switch text[first] {
        case UInt8(ascii: "["):
            // A list of objects, or an empty one: a text may begin with a bracket too.
            return next == UInt8(ascii: "{") || next == UInt8(ascii: "]") ? .json : nil
        case UInt8(ascii: "{"):
            guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") else { return nil }
            let line = text[first...].prefix { $0 != 0x0a }
            if !isWhole, line.endIndex == text.endIndex { return .jsonl }
            // A document goes on in the next line, a record does not.
            let goesOn = line.last(where: isInk).map { "{[,:".utf8.contains($0) } ?? false
            return goesOn ? .json : .jsonl
        default:
            for (format, delimiter) in [(Format.csv, UInt8(ascii: ",")), (.tsv, 0x09)] {
                let names = TableReader.heading(of: Array(text), delimiter: delimiter, isWhole: isWhole)
                if isHeading(names, columns) { return format }
            }
            return nil
        }
    }

    private static func isInk(_ byte: UInt8) -> Bool { byte != 0x20 && byte != 0x09 && byte != 0x0a && byte != 0x0d }

    /// Whether some cells name a prompt and a completion.
    private static func isHeading(_ names: [String], _ columns: Columns) -> Bool {
        guard names.count > 1, names.count < 1000 else { return false }
        let names = names.map { $0.lowercased() }
        return [columns.prompt, columns.completion].allSatisfy { names.contains($0.lowercased()) }
            || Columns.suggested(among: names) != nil
    }

    /// Whether what was seen cannot be what a name says. JSON of either kind is sorted out when it is read.
    private static func contradicts(_ seen: Format, _ named: Format) -> Bool {
        switch (named, seen) {
        case (.jsonl, .json), (.json, .jsonl): false
        // The first sentence of a text may well have a comma.
        case (.txt, .csv), (.txt, .tsv): false
        default: named != seen
        }
    }
}
