import TuneModel

/// A file that is one JSON document: a list of records, an object of lists, or a single record.
struct JSONDocument {
    /// An object of lists, and an indented record, are held in memory while they are turned into lines; a list of
    /// records is not.
    static let objectLimit = 512 << 20
    /// The same for a file that is named as JSON lines, and only may be an object.
    static let guessLimit = 64 << 20

    enum Kind { case lines, list, object }

    let source: SourceFile
    let columns: Columns
    /// Whether it holds JSON lines by its name, and is a document only where its content says so.
    let isNamedLines: Bool

    /// Its first `rows` rows as JSON lines; nil when it holds JSON lines already.
    func transcribe(rows: Int = .max, work: DataWork) throws(DataError) -> Transcript.Outcome? {
        switch try kind() {
        case .lines: return nil
        case .list:
            do throws(DataError) {
                return try Transcript.make(of: source, rows: rows) { transcript throws(DataError) in
                    try JSONListReader(file: source).transcribe(into: transcript, work: work)
                }
            } catch {
                // Of JSON lines, what is broken is shown line by line.
                guard isNamedLines, case .notJSON = error else { throw error }
                return nil
            }
        case .object: return try object(rows: rows)
        }
    }

    // MARK: - What it is

    /// Told by its first two lines.
    private func kind() throws(DataError) -> Kind {
        var first: Kind?
        var isBracketAlone = false
        var kind = Kind.lines
        try LineReader(file: source).walk { line throws(DataError) in
            if line.isBlank { return true }
            guard let known = first else {
                first = isNamedLines ? self.kind(ofOnly: line) : self.kind(ofFirst: line)
                kind = first ?? .lines
                isBracketAlone = line.bytes.count { $0 > 0x20 } == 1
                return true
            }
            if isNamedLines {
                let isList = known == .list && Self.goesOn(line, isBracketAlone)
                kind = isList ? .list : isBracketAlone && known == .lines ? .object : .lines
            }
            return false
        }
        return kind
    }

    /// What a file of JSON lines is if this is its only line.
    private func kind(ofOnly line: Line) -> Kind {
        switch Self.firstByte(of: line.bytes) {
        case UInt8(ascii: "["): .list
        case UInt8(ascii: "{") where line.isCut: .object
        case UInt8(ascii: "{"): table(in: line.bytes) == nil ? .lines : .object
        default: .lines
        }
    }

    /// What a file of any JSON is if this is its only line.
    private func kind(ofFirst line: Line) -> Kind {
        Self.firstByte(of: line.bytes) == UInt8(ascii: "[") ? .list : .object
    }

    /// Whether a list goes on in its second line, rather than being a broken line before good ones.
    private static func goesOn(_ line: Line, _ isBracketAlone: Bool) -> Bool {
        if firstByte(of: line.bytes) != UInt8(ascii: "{") { return true }
        let last = line.bytes.last { $0 > 0x20 }
        return isBracketAlone && (last == UInt8(ascii: ",") || last == UInt8(ascii: "{") || last == UInt8(ascii: "]"))
    }

    static func firstByte(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }
    }

    // MARK: - Objects

    private func object(rows: Int) throws(DataError) -> Transcript.Outcome? {
        if !isNamedLines, try beginsWithRecord() { return nil }
        if isNamedLines, source.size > Self.guessLimit { return nil }
        guard source.size <= Self.objectLimit else {
            throw .documentTooLarge(file: source.path, bytes: source.size, limit: Self.objectLimit)
        }
        var bytes = try source.bytes(in: 0..<source.size)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.replaceSubrange(0..<3, with: [0x20, 0x20, 0x20]) }
        return try bytes.withUnsafeBufferPointer { bytes throws(DataError) in
            let value: JSONScanner.Value
            do throws(JSONScanner.Failure) {
                var scanner = JSONScanner(bytes)
                value = try scanner.value()
                scanner.skipSpace()
                // Something behind the first object: it is one of many.
                if !scanner.isAtEnd { return nil }
                guard value.kind == .object else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
            } catch {
                if isNamedLines { return nil }
                throw fault(error, bytes)
            }
            if let table = table(in: bytes) { return try transcribe(table, of: bytes, rows: rows) }
            if isNamedLines, !bytes[value.range].contains(0x0a) { return nil }
            return try Transcript.make(of: source, rows: rows) { transcript throws(DataError) in
                try transcript.add(json: bytes, at: 1)
            }
        }
    }

    /// Whether the first line is a whole value and others follow it.
    private func beginsWithRecord() throws(DataError) -> Bool {
        var lines = 0
        var isRecord = false
        try LineReader(file: source).walk { line throws(DataError) in
            if line.isBlank { return true }
            lines += 1
            if lines == 1 { isRecord = !line.isCut && (try? JSONValue(line.bytes)) != nil }
            return lines < 2
        }
        return isRecord && lines > 1
    }

    /// A column of an object of lists: its key as it is spelled, and where its values stand.
    private struct Column {
        let key: Range<Int>
        let name: String
        var values: [Range<Int>] = []
    }

    /// The columns of an object of lists, a prompt or a completion among them: conversations are lists too.
    private func table(in bytes: UnsafeBufferPointer<UInt8>) -> [Column]? {
        var columns: [Column] = []
        var scanner = JSONScanner(bytes)
        do throws(JSONScanner.Failure) {
            try scanner.enterObject()
            while let key = try scanner.nextKey(isFirst: columns.isEmpty) {
                scanner.skipSpace()
                guard scanner.next == UInt8(ascii: "[") else { return nil }
                let name = String(decoding: JSONValue.decoded(key, in: bytes), as: UTF8.self)
                // The quotes belong to the key as it is spelled.
                var column = Column(key: key.range.lowerBound - 1..<key.range.upperBound + 1, name: name)
                try scanner.enterList()
                while try scanner.nextElement(isFirst: column.values.isEmpty) {
                    let value = try scanner.value(depth: 2)
                    let isText = value.kind == .text
                    column.values.append(
                        isText ? value.range.lowerBound - 1..<value.range.upperBound + 1 : value.range)
                }
                columns.append(column)
            }
            try scanner.finish()
        } catch {
            return nil
        }
        let names = columns.map(\.name)
        let shape = RecordParser.shape(of: .object(names.map { .init(key: $0, value: .null) }), self.columns)
        let isTable = shape == .completion || (shape == nil && Columns.suggested(among: names) != nil)
        return isTable ? columns : nil
    }

    private func transcribe(
        _ columns: [Column], of bytes: UnsafeBufferPointer<UInt8>, rows: Int
    ) throws(DataError) -> Transcript.Outcome {
        let count = columns.first?.values.count ?? 0
        for column in columns where column.values.count != count {
            throw .badTable(
                file: source.path, line: 1,
                problem: .unevenColumns(column: column.name, count: column.values.count, expected: count))
        }
        let keys = columns.map { Array(bytes[$0.key]) + [UInt8(ascii: ":")] }
        return try Transcript.make(of: source, rows: rows) { transcript throws(DataError) in
            for row in 0..<count {
                transcript.begin()
                for (column, key) in zip(columns, keys) {
                    transcript.add(key: key, json: UnsafeBufferPointer(rebasing: bytes[column.values[row]]))
                }
                try transcript.end(at: row + 1)
            }
        }
    }

    private func fault(_ failure: JSONScanner.Failure, _ bytes: UnsafeBufferPointer<UInt8>) -> DataError {
        let head = bytes[..<min(failure.offset, bytes.count)]
        let start = head.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        let column = 1 + bytes[start..<max(head.endIndex, start)].count { $0 & 0xc0 != 0x80 }
        return .notJSON(
            file: source.path, line: 1 + head.count { $0 == 0x0a }, column: column, problem: failure.problem)
    }
}
