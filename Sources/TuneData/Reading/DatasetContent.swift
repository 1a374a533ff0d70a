import TuneModel

/// A file's rows as JSON lines: those of the file itself where it holds such, else a transcript of them.
struct DatasetContent {
    let original: SourceFile
    let lines: SourceFile
    let format: Format
    let columns: Columns
    let notices: [Finding]
    /// Whether only the first rows are there.
    let isCut: Bool

    /// Unpacks, recognises and transcribes a file: all of it, or as much as its first `rows` rows need.
    init(
        of path: String, _ options: ReadingOptions, rows: Int = .max, work: DataWork
    ) throws(DataError) {
        // A name that is refused is refused whether the file is there or not.
        if options.recognition == .byName, options.format == nil { _ = try Format(path: path) }
        original = try SourceFile(opening: path)
        let isPacked = try Gzip.isOne(original)
        let head = rows == .max ? nil : max(1 << 20, rows << 12)
        let (content, isWhole) =
            isPacked ? try Gzip.unpack(original, upTo: head, work: work.stretch(0...0.5)) : (original, true)
        let named = try Format.of(path, content: content, options: options)
        let reader = FormatReader(source: content, columns: options.columns)
        let (transcript, sheets) = try reader.transcribe(
            named, rows: rows, work: work.stretch(isPacked ? 0.5...1 : 0...1))
        lines = transcript?.file ?? content
        // What was turned into JSON lines was none before, whatever its name says.
        format = named == .jsonl && transcript != nil ? .json : named
        columns = options.columns
        isCut = transcript?.isCut == true || !isWhole
        notices = Self.notices(path, format, options, sheets: sheets)
    }

    /// What the first rows are, and which of their keys may hold what is missing.
    func shape() throws(DataError) -> (Record.Shape, Columns?) {
        var shape: Record.Shape?
        var keys: [String] = []
        var tries = 0
        try LineReader(file: lines).walk { line throws(DataError) in
            if line.isBlank { return true }
            if !line.isCut, let value = try? JSONValue(line.bytes), case .object(let members) = value {
                shape = RecordParser.shape(of: value, columns)
                if keys.isEmpty { keys = members.map(\.key) }
            }
            tries += 1
            return shape == nil && tries < 100
        }
        guard let shape else { return (.completion, Columns.suggested(among: keys)) }
        let lower = Set(keys.map { $0.lowercased() })
        let isComplete = [columns.prompt, columns.completion].allSatisfy { lower.contains($0.lowercased()) }
        return (shape, shape == .completion && !isComplete ? Columns.suggested(among: keys) : nil)
    }

    private static func notices(
        _ path: String, _ format: Format, _ options: ReadingOptions, sheets: Int
    ) -> [Finding] {
        var notices: [Finding] = []
        let named = try? Format(path: path)
        if options.format == nil, named != format, named != .jsonl || format != .json,
            named != .json || format != .jsonl
        {
            notices.append(
                Finding(
                    id: "recognised-format", severity: .note,
                    summary: Wording(
                        "Its name does not say so, but it holds .\(format.rawValue) data and was read as such.",
                        "文件名没有说明，但内容是 .\(format.rawValue) 格式，已按此读取。")))
        }
        if sheets > 1 {
            notices.append(
                Finding(
                    id: "other-sheets", severity: .warning,
                    summary: Wording(
                        "The workbook has \(sheets.grouped) sheets; only the first is read. Save another one as .csv to read it.",
                        "工作簿有 \(sheets.grouped) 张工作表，只读取第一张。要读取其他表，请另存为 .csv。")))
        }
        return notices
    }
}

/// Turns a file of some format into JSON lines.
struct FormatReader {
    let source: SourceFile
    let columns: Columns

    /// The transcript, nil for a file that holds JSON lines already, and the sheets of a workbook.
    func transcribe(
        _ format: Format, rows: Int, work: DataWork
    ) throws(DataError) -> (Transcript.Outcome?, sheets: Int) {
        switch format {
        case .jsonl, .json:
            let document = JSONDocument(source: source, columns: columns, isNamedLines: format == .jsonl)
            return (try document.transcribe(rows: rows, work: work), 0)
        case .csv, .tsv:
            let table = TableReader(file: source, delimiter: format == .csv ? UInt8(ascii: ",") : 0x09)
            let outcome = try Transcript.make(of: source, rows: rows) { transcript throws(DataError) in
                try table.transcribe(into: transcript, work: work)
            }
            return (outcome, 0)
        case .txt:
            let outcome = try Transcript.make(of: source, rows: rows) { transcript throws(DataError) in
                try transcribeText(into: transcript, work: work)
            }
            return (outcome, 0)
        case .xlsx:
            let workbook = try Workbook(source)
            let sheet = SheetReader(workbook: workbook, columns: columns)
            let outcome = try Transcript.make(of: source, rows: rows) { transcript throws(DataError) in
                try sheet.transcribe(into: transcript, work: work)
            }
            return (outcome, workbook.sheetCount)
        }
    }

    /// Every line is a completion.
    private func transcribeText(into transcript: Transcript, work: DataWork) throws(DataError) {
        let (prompt, completion) = (Transcript.key(columns.prompt), Transcript.key(columns.completion))
        let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        try LineReader(file: source).walk(work: work) { line throws(DataError) in
            guard !line.isCut else {
                throw .lineTooLong(
                    file: source.path, line: line.number, bytes: line.content.count, limit: LineReader.lineLimit)
            }
            transcript.begin()
            transcript.add(key: prompt, text: nothing)
            transcript.add(key: completion, text: line.bytes)
            try transcript.end(at: line.number)
            return true
        }
    }
}
