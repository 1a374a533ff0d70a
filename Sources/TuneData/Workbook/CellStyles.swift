/// Which of a workbook's cell styles show a number as a date or as a span of time.
struct CellStyles {
    enum Kind: Sendable { case plain, date, span }

    private var kinds: [Kind] = []

    init(_ part: String?, of archive: ZipArchive) throws(DataError) {
        guard let part, archive.entry(part) != nil else { return }
        var custom: [Int: Kind] = [:]
        var kinds: [Kind] = []
        var isInStyles = false
        try Workbook.scan(part, of: archive) { scanner throws(DataError) in
            let event = try scanner.next()
            if scanner.isNamed("cellXfs"), event == .open || event == .close { isInStyles = event == .open }
            guard event == .open else { return }
            if scanner.isNamed("numFmt"), let id = scanner.attributeNumber("numFmtId") {
                custom[id] = Self.kind(of: scanner.attributeText("formatCode") ?? "")
            } else if isInStyles, scanner.isNamed("xf") {
                let id = scanner.attributeNumber("numFmtId") ?? 0
                kinds.append(custom[id] ?? Self.builtIn(id))
            }
        }
        self.kinds = kinds
    }

    subscript(style: Int) -> Kind { kinds.indices.contains(style) ? kinds[style] : .plain }

    /// The formats without a spelling in the file; 27–36 and 50–58 are the dates of East Asia.
    private static func builtIn(_ id: Int) -> Kind {
        switch id {
        case 14...22, 27...36, 45, 47, 50...58: .date
        case 46: .span
        default: .plain
        }
    }

    /// What a format shows: it is a date if a letter of one stands outside of quotes, brackets and escapes.
    static func kind(of format: String) -> Kind {
        var kind = Kind.plain
        var isQuoted = false
        var bracket: [Character]?
        var previous: Character = " "
        for letter in format {
            defer { previous = letter }
            if isQuoted {
                isQuoted = letter != "\""
            } else if let inside = bracket {
                guard letter == "]" else {
                    bracket = inside + [letter]
                    continue
                }
                bracket = nil
                // [h], [mm], [ss] count on beyond a day; other brackets name colours and conditions.
                if let first = inside.first, "hms".contains(first.lowercased()), inside.allSatisfy({ $0 == first }) {
                    return .span
                }
            } else if letter == "\"" {
                isQuoted = true
            } else if letter == "[" {
                bracket = []
            } else if letter == ";" {
                break
            } else if "dmhysDMHYS".contains(letter), previous != "_", previous != "\\" {
                kind = .date
            }
        }
        return kind
    }
}
