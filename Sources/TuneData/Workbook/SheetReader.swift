/// Reads the rows of a workbook's first sheet: the first that holds anything is the heading, the others are records.
///
/// Rows without any text are none. Of a row, the prompt and the completion are written even where their cells are
/// empty, the other cells only where they are not.
struct SheetReader {
    /// The most that a sheet can have.
    static let lastRow = 1_048_576
    static let lastColumn = 16_384

    let workbook: Workbook
    let columns: Columns

    func transcribe(into transcript: Transcript, work: DataWork) throws(DataError) {
        let row = SheetRow(workbook)
        var heading: Heading?
        var number = 0
        try Workbook.scan(workbook.sheet, of: workbook.archive, work: work) { scanner throws(DataError) in
            let event = try scanner.next()
            switch event {
            case .open where scanner.isNamed("row"):
                number = try Self.number(of: scanner, after: number)
                row.begin()
            case .close where scanner.isNamed("row"):
                guard row.isFilled else { return }
                guard let heading else {
                    heading = Heading(row, columns)
                    return
                }
                try heading.write(row, at: number, to: transcript)
            default:
                try row.take(event, scanner)
            }
        }
    }

    private static func number(of scanner: XMLScanner, after last: Int) throws(DataError) -> Int {
        guard scanner.attribute("r") != nil else {
            guard last < lastRow else { throw scanner.failure(.badRow("\(last + 1)")) }
            return last + 1
        }
        guard let number = scanner.attributeNumber("r"), number > last, number <= lastRow else {
            throw scanner.failure(.badRow(scanner.attributeText("r") ?? ""))
        }
        return number
    }

    /// The keys of the columns.
    private struct Heading {
        private var keys: [[UInt8]?] = []
        private var always: [Bool] = []

        init(_ row: SheetRow, _ columns: Columns) {
            var seen: [String: Int] = [:]
            for column in 0..<row.width {
                let name = row.cell(column).map { String(decoding: $0, as: UTF8.self) } ?? ""
                guard !name.isEmpty else {
                    keys.append(nil)
                    always.append(false)
                    continue
                }
                let repeats = seen[name, default: 0]
                seen[name] = repeats + 1
                keys.append(Transcript.key(repeats == 0 ? name : "\(name).\(repeats)"))
                let isWanted = [columns.prompt, columns.completion].contains { $0.lowercased() == name.lowercased() }
                always.append(repeats == 0 && isWanted)
            }
        }

        func write(_ row: SheetRow, at number: Int, to transcript: Transcript) throws(DataError) {
            transcript.begin()
            for column in 0..<max(row.width, keys.count) {
                let text = row.cell(column)
                let isFault = row.isFault(column)
                let isNamed = column < keys.count && keys[column] != nil
                guard isFault || text?.isEmpty == false || (isNamed && always[column]) else { continue }
                // As pandas calls a column without a name.
                let key = isNamed ? keys[column]! : Transcript.key("Unnamed: \(column)")
                transcript.add(key: key, text: isFault ? nil : text ?? UnsafeBufferPointer(start: nil, count: 0))
            }
            try transcript.end(at: number)
        }
    }
}

/// The cells of one row, put together tag by tag. One thread uses it.
final class SheetRow {
    private enum Kind { case number, shared, inline, text, flag, fault, iso }

    private struct Cell {
        var range = 0..<0
        /// An error such as #REF!, which is no text.
        var isFault = false
    }

    private let workbook: Workbook
    private let bytes = ByteBuffer()
    private let value = ByteBuffer()
    private let inline = RichText()
    private var cells: [Cell] = []
    private var column = -1
    private var kind = Kind.number
    private var style = 0
    private var isInCell = false
    private var isInValue = false
    private(set) var isFilled = false
    /// Columns up to the last cell.
    var width: Int { cells.count }

    init(_ workbook: Workbook) { self.workbook = workbook }

    func begin() {
        bytes.count = 0
        cells.removeAll(keepingCapacity: true)
        column = -1
        isFilled = false
        isInCell = false
    }

    /// A cell's text; nil where there is no such cell.
    func cell(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        cells.indices.contains(column) ? UnsafeBufferPointer(rebasing: bytes.bytes[cells[column].range]) : nil
    }

    func isFault(_ column: Int) -> Bool { cells.indices.contains(column) && cells[column].isFault }

    func take(_ event: XMLScanner.Event, _ scanner: XMLScanner) throws(DataError) {
        switch event {
        case .open:
            if scanner.isNamed("c") {
                try open(scanner)
            } else if isInCell, scanner.isNamed("v") {
                isInValue = true
            } else if isInCell, kind == .inline {
                try inline.take(event, scanner)
            }
        case .text:
            if isInValue { value.append(scanner.text.bytes) }
            guard value.count <= XMLScanner.textLimit else {
                throw scanner.failure(.tooLong(limit: XMLScanner.textLimit))
            }
            if isInCell, kind == .inline { try inline.take(event, scanner) }
        case .close:
            if scanner.isNamed("v") {
                isInValue = false
            } else if scanner.isNamed("c") {
                if isInCell { try close(scanner) }
                isInCell = false
            } else if isInCell, kind == .inline {
                try inline.take(event, scanner)
            }
        case .end: break
        }
    }

    // MARK: -

    private func open(_ scanner: XMLScanner) throws(DataError) {
        if let name = scanner.attribute("r") {
            guard let place = Self.column(of: scanner.tag.bytes[name]) else {
                throw scanner.failure(.badCell(scanner.attributeText("r") ?? ""))
            }
            column = place
        } else {
            column += 1
        }
        guard column < SheetReader.lastColumn else { throw scanner.failure(.badCell("\(column + 1)")) }
        style = scanner.attributeNumber("s") ?? 0
        kind = Self.kind(scanner)
        value.count = 0
        inline.begin()
        isInCell = true
        isInValue = false
    }

    private static func kind(_ scanner: XMLScanner) -> Kind {
        guard let range = scanner.attribute("t") else { return .number }
        switch String(decoding: scanner.tag.bytes[range], as: UTF8.self) {
        case "s": return .shared
        case "inlineStr": return .inline
        case "str": return .text
        case "b": return .flag
        case "e": return .fault
        case "d": return .iso
        default: return .number
        }
    }

    /// `AB12` is in column 27, counted from 0.
    private static func column(of name: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var column = 0
        var digits = 0
        for byte in name {
            if digits == 0, (byte | 0x20) &- 0x61 < 26 {
                column = column * 26 + Int((byte | 0x20) - 0x60)
                guard column <= SheetReader.lastColumn else { return nil }
            } else if byte &- 0x30 < 10 {
                digits += 1
            } else {
                return nil
            }
        }
        return column > 0 && digits > 0 ? column - 1 : nil
    }

    private func close(_ scanner: XMLScanner) throws(DataError) {
        let start = bytes.count
        var isFault = false
        let spelling = { [value] in String(decoding: value.bytes, as: UTF8.self) }
        switch kind {
        case .shared:
            guard value.count > 0 else { break }
            guard let number = Int(spelling()), let text = workbook.strings[number] else {
                throw scanner.failure(.noSuchString(spelling()))
            }
            bytes.append(text)
        case .inline: bytes.append(inline.finish())
        case .text:
            RichText.unescape(value)
            bytes.append(value.bytes)
        case .flag: if value.count > 0 { bytes.append(["1", "true"].contains(spelling()) ? "True" : "False") }
        case .fault: isFault = true
        case .iso: bytes.append(CellText.iso(spelling()))
        case .number:
            guard value.count > 0 else { break }
            switch workbook.styles[style] {
            case .plain: bytes.append(CellText.number(spelling()))
            case .date:
                let date = CellText.date(spelling(), isFrom1904: workbook.isFrom1904)
                isFault = date == nil
                bytes.append(date ?? "")
            case .span:
                let span = CellText.span(spelling())
                isFault = span == nil
                bytes.append(span ?? "")
            }
        }
        guard bytes.count > start || isFault else { return }
        while cells.count <= column { cells.append(Cell()) }
        cells[column] = Cell(range: start..<bytes.count, isFault: isFault)
        isFilled = true
        guard bytes.count <= LineReader.lineLimit else { throw scanner.failure(.tooLong(limit: LineReader.lineLimit)) }
    }
}
