import TuneModel

/// A file that is one JSON document: a list of records, an object of lists, or a single record.
enum JSONDocument {
    /// Whether a file of JSON lines is such a document after all: it begins with a list, or has a single row that is an
    /// object of lists.
    static func isOne(_ source: SourceFile) throws(DataError) -> Bool {
        var rows = 0
        var isDocument = false
        try LineReader(file: source).walk { line throws(DataError) in
            if line.isBlank { return true }
            rows += 1
            guard rows == 1 else {
                isDocument = isDocument && firstByte(of: line.bytes) != UInt8(ascii: "{")
                return false
            }
            isDocument = firstByte(of: line.bytes) == UInt8(ascii: "[")
            if !isDocument, let value = try? JSONValue(line.bytes) { isDocument = columns(of: value) != nil }
            return true
        }
        return isDocument
    }

    /// Its rows as JSON lines; nil when it holds JSON lines already. Reads the document into memory.
    static func transcribe(_ source: SourceFile) throws(DataError) -> SourceFile? {
        var bytes = try source.bytes(in: 0..<source.size)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.replaceSubrange(0..<3, with: [0x20, 0x20, 0x20]) }
        return try bytes.withUnsafeBufferPointer { bytes throws(DataError) in
            switch firstByte(of: bytes) {
            case nil: return nil
            case UInt8(ascii: "["): return try list(bytes, of: source)
            default: return try object(bytes, of: source)
            }
        }
    }

    // MARK: -

    private static func firstByte(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }
    }

    private static func list(
        _ bytes: UnsafeBufferPointer<UInt8>, of source: SourceFile
    ) throws(DataError) -> SourceFile {
        try Transcript.make(of: source) { transcript throws(DataError) in
            var scanner = JSONScanner(bytes)
            var lines = LineCounter(bytes)
            var isFirst = true
            do throws(JSONScanner.Failure) { try scanner.enterList() } catch { throw fault(error, bytes, source) }
            while true {
                let element: JSONScanner.Value
                do throws(JSONScanner.Failure) {
                    guard try scanner.nextElement(isFirst: isFirst) else { break }
                    element = try scanner.value(depth: 1)
                    guard element.kind == .object else {
                        throw JSONScanner.Failure(problem: .notAnObject, offset: element.range.lowerBound)
                    }
                } catch {
                    throw fault(error, bytes, source)
                }
                isFirst = false
                let row = UnsafeBufferPointer(rebasing: bytes[element.range])
                try transcript.add(json: row, at: lines.number(at: element.range.lowerBound))
            }
            do throws(JSONScanner.Failure) { try scanner.finish() } catch { throw fault(error, bytes, source) }
        }
    }

    private static func object(
        _ bytes: UnsafeBufferPointer<UInt8>, of source: SourceFile
    ) throws(DataError) -> SourceFile? {
        let value: JSONValue
        do throws(JSONScanner.Failure) {
            var scanner = JSONScanner(bytes)
            value = try JSONValue(from: &scanner, depth: 0)
            scanner.skipSpace()
            // Something behind the first object: it is one of many lines.
            if !scanner.isAtEnd { return nil }
        } catch {
            // Of JSON lines, the one that is broken can be named better line by line.
            let firstLine = bytes.prefix { $0 != 0x0a }
            if (try? JSONValue(UnsafeBufferPointer(rebasing: firstLine))) != nil { return nil }
            throw fault(error, bytes, source)
        }
        guard let columns = columns(of: value) else {
            guard case .object = value else {
                throw fault(JSONScanner.Failure(problem: .notAnObject, offset: 0), bytes, source)
            }
            return try Transcript.make(of: source) { transcript throws(DataError) in
                try transcript.add(json: bytes, at: 1)
            }
        }
        let count = columns.first?.values.count ?? 0
        for column in columns where column.values.count != count {
            throw .badTable(
                file: source.path, line: 1,
                problem: .unevenColumns(column: column.key, count: column.values.count, expected: count))
        }
        return try Transcript.make(of: source) { transcript throws(DataError) in
            for row in 0..<count {
                let members = columns.map { JSONValue.Member(key: $0.key, value: $0.values[row]) }
                let json = JSONValue.object(members).json
                try json.withUnsafeBufferPointer { json throws(DataError) in
                    try transcript.add(json: json, at: row + 1)
                }
            }
        }
    }

    /// The columns of an object of lists, which has a prompt or a completion among them: conversations are lists too.
    private static func columns(of value: JSONValue) -> [(key: String, values: [JSONValue])]? {
        guard case .object(let members) = value, RecordParser.shape(of: value) == .completion else { return nil }
        var columns: [(key: String, values: [JSONValue])] = []
        for member in members {
            guard case .list(let values) = member.value else { return nil }
            columns.append((member.key, values))
        }
        return columns
    }

    private static func fault(
        _ failure: JSONScanner.Failure, _ bytes: UnsafeBufferPointer<UInt8>, _ source: SourceFile
    ) -> DataError {
        let head = bytes[..<min(failure.offset, bytes.count)]
        let start = head.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        let column = 1 + bytes[start..<max(head.endIndex, start)].count { $0 & 0xc0 != 0x80 }
        return .notJSON(
            file: source.path, line: 1 + head.count { $0 == 0x0a }, column: column, problem: failure.problem)
    }
}

/// Counts lines up to places that only grow.
private struct LineCounter {
    let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var line = 1

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func number(at offset: Int) -> Int {
        while place < offset {
            if bytes[place] == 0x0a { line += 1 }
            place += 1
        }
        return line
    }
}
