import Foundation
import TuneModel

@testable import TuneData

/// Everything that reads a dataset which somebody else made. What is not refused with an error is used, and must hold
/// what it promises; a broken promise is a trap.
enum FuzzedReader: String, CaseIterable {
    /// JSON lines.
    case lines
    /// A list of records, an object of lists, a record.
    case document
    /// Tables with commas.
    case table
    case text
    /// A whole .xlsx file.
    case workbook
    /// The parts of a workbook, put into a sound zip file: the sheet, the shared texts and the styles, NUL between.
    case sheet
    /// A packed file of JSON lines.
    case gzip

    func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch self {
        case .lines: read(bytes, .jsonl)
        case .document: read(bytes, .json)
        case .table: read(bytes, .csv)
        case .text: read(bytes, .txt)
        case .workbook: read(bytes, .xlsx)
        case .sheet:
            let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
            var file = ZipWriter(sheet: "")
            file.parts[file.parts.count - 1].bytes = parts[0]
            if parts.count > 1 { file.parts.append(("xl/t.xml", parts[1])) }
            if parts.count > 2 { file.parts.append(("xl/y.xml", parts[2])) }
            file.bytes().withUnsafeBufferPointer { read($0, .xlsx) }
        case .gzip: read(bytes, nil)
        }
    }

    // MARK: -

    private func read(_ bytes: UnsafeBufferPointer<UInt8>, _ format: Format?) {
        Self.put(bytes)
        let options = ReadingOptions(format: format)
        do throws(DataError) {
            let dataset = try Dataset(opening: Self.path, reading: options)
            let rows = try dataset.rows(in: 0..<dataset.count)
            precondition(rows.count == dataset.count && rows.indices.allSatisfy { rows[$0].index == $0 })
            precondition(zip(rows, rows.dropFirst()).allSatisfy { $0.line < $1.line })
            for row in rows { check(row, in: dataset, bytes) }
            if let last = rows.last {
                let again = try dataset.row(at: last.index)
                precondition(again == last)
            }
            // The first rows alone are the same rows.
            let head = try Dataset(headOf: Self.path, rows: 2, options)
            precondition(head.count >= min(2, rows.count) && head.count <= rows.count)
            let first = try head.rows(in: 0..<2)
            precondition(Array(rows.prefix(2)) == first)
            // What works on rows works on those of every format.
            guard dataset.count > 0, self == .lines else { return }
            for finding in try DatasetCheck.findings(of: dataset) {
                precondition(finding.rows.allSatisfy { rows.indices.contains($0) })
            }
            let stats = try DatasetStats(of: dataset)
            precondition(stats.records + stats.broken == rows.count)
            var preparation = try Preparation(analysing: dataset)
            preparation.acceptRest()
            precondition(preparation.outcome.records <= rows.count)
        } catch {
            Self.check(error, bytes.count)
        }
    }

    private func check(_ row: Row, in dataset: Dataset, _ bytes: UnsafeBufferPointer<UInt8>) {
        precondition((row.record == nil) != (row.problem == nil))
        _ = row.problem?.wording
        if case .notJSON(_, let column)? = row.problem { precondition((1...row.bytes.count + 1).contains(column)) }
        guard dataset.isEditable else { return }
        let span = try! dataset.span(of: row.index)
        precondition(span.content.count == row.length && span.end >= span.content.upperBound)
        precondition(bytes[span.content].elementsEqual(row.bytes))
    }

    /// Every error has its words, and a place within the file.
    private static func check(_ error: DataError, _ count: Int) {
        precondition(!error.explanation.what.english.isEmpty && !error.explanation.what.chinese.isEmpty)
        switch error {
        case .damagedArchive(_, let offset, _): precondition(offset >= 0)
        case .badWorkbook(_, _, let offset, _): precondition(offset >= 0)
        case .notJSON(_, let line, let column, _): precondition(line >= 1 && column >= 1 && line <= count + 1)
        case .badTable(_, let line, _): precondition(line >= 1 && line <= count + 1)
        case .changedMeanwhile, .unreadable, .unwritable, .diskFull, .cancelled, .fileMissing:
            fatalError("\(error)")
        default: break
        }
    }

    /// A file in memory.
    private static let path: String = {
        let base = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let path = "\(base)/fuzz-\(getpid())"
        atexit { unlink(FuzzedReader.path) }
        return path
    }()

    private static func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(write(file, bytes.baseAddress, bytes.count) == bytes.count)
        close(file)
    }
}
