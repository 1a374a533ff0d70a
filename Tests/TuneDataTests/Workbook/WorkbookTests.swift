import Foundation
import Testing
import TuneModel

@testable import TuneData

struct WorkbookTests {
    private func path(_ name: String) -> String {
        Bundle.module.resourceURL!.appendingPathComponent("Fixtures/workbooks/\(name)").path
    }

    private func json(_ name: String) throws -> JSONValue {
        try Data(contentsOf: URL(fileURLWithPath: path(name))).withUnsafeBytes { bytes in
            try JSONValue(bytes.bindMemory(to: UInt8.self))
        }
    }

    @Test func preparesToTheSameBytesAsTheClassicTool() throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(atPath: path("two-sheets.xlsx"), toPath: scratch.path("33.xlsx"))
        let options = ReadingOptions(recognition: .byName)
        let preparation = try Preparation(analysing: Dataset(opening: scratch.path("33.xlsx"), reading: options))
        #expect(try preparation.write().isWritten)
        #expect(try scratch.text("33_prepared.jsonl") == fixture("workbooks/two-sheets.expected.jsonl"))
        #expect(preparation.notices.contains { $0.id == "other-sheets" && $0.severity == .warning })
        #expect(preparation.notices.contains { $0.id == "other-format" })
    }

    @Test func readsEveryKindOfCellAsPandasDoes() throws {
        guard case .list(let rows) = try json("kinds.expected.json"),
            case .list(let differences) = try json("kinds.differs.json")
        else {
            Issue.record("fixtures")
            return
        }
        var expected: [Int: [String?]] = [:]
        for (number, row) in rows.enumerated() {
            guard case .list(let cells) = row else { continue }
            expected[number] = cells.map(\.string)
        }
        for case .list(let difference) in differences {
            guard case .number(let row) = difference[0], case .number(let column) = difference[1] else { continue }
            expected[Int(row)!]![Int(column)!] = difference[2].string
        }
        let dataset = try Dataset(opening: path("kinds.xlsx"))
        #expect(dataset.format == .xlsx && !dataset.isEditable)
        var seen: Set<Int> = [0]
        for row in try dataset.rows(in: 0..<dataset.count) {
            let value = try row.bytes.withUnsafeBufferPointer { try JSONValue($0) }
            let cells = try #require(expected[row.line - 1])
            seen.insert(row.line - 1)
            #expect(value["prompt"]?.string == cells[0], "row \(row.line)")
            #expect(value["completion"]?.string == cells[1], "row \(row.line)")
            if cells[1] == nil { #expect(value["completion"] == .null) }
            #expect((value["Unnamed: 4"]?.string ?? "") == cells[4])
        }
        // What was passed over had nothing in it.
        for (row, cells) in expected where !seen.contains(row) { #expect(cells.allSatisfy { $0 == "" }, "row \(row)") }
        #expect(dataset.notices.map(\.id) == ["other-sheets"])
    }

    @Test func readsSharedTextsRunsAndCellsWithoutNames() throws {
        let dataset = try Dataset(opening: path("shared.xlsx"))
        let rows = try dataset.rows(in: 0..<dataset.count)
        #expect(
            rows.map(\.record) == [
                .completion(prompt: "東京", completion: " Tokyo\n!"), .completion(prompt: "", completion: "formula"),
                .completion(prompt: "2020-01-31 12:30:00", completion: "in<line"),
            ])
        #expect(rows.map(\.line) == [2, 4, 9])
        #expect(dataset.notices.isEmpty)
    }

    @Test func datesOf1904AndBeyondTheCalendar() {
        #expect(CellText.date("0.5", isFrom1904: true) == "12:00:00")
        #expect(CellText.date("1", isFrom1904: true) == "1904-01-02 00:00:00")
        #expect(CellText.date("59", isFrom1904: false) == "1900-02-28 00:00:00")
        #expect(CellText.date("2958465.99999999999", isFrom1904: false) == nil)
        #expect(CellText.date("-700000", isFrom1904: false) == nil)
        #expect(CellText.date("1e300", isFrom1904: false) == nil)
        #expect(CellText.span("-0.5") == "-1 day, 12:00:00")
        #expect(CellText.number("007") == "7")
        #expect(CellText.number("12345678901234567890123") == "12345678901234567890123")
        #expect(CellText.iso("12:30") == "12:30:00")
        #expect(CellText.iso("2020-01-31T12:30:00.5") == "2020-01-31 12:30:00.500000")
    }

    @Test func formatsAreDatesByTheirLetters() {
        for format in ["yyyy-mm-dd", "d/m", "h:mm AM/PM", "[$-409]d-mmm;@", "[Red]yyyy"] {
            #expect(CellStyles.kind(of: format) == .date, "\(format)")
        }
        for format in ["General", "0.00", "[Red]0", "\"day\"0", "0\\d", "_d0", "0;yyyy", "[>=100]0"] {
            #expect(CellStyles.kind(of: format) == .plain, "\(format)")
        }
        for format in ["[h]:mm", "[mm]:ss", "[ss].00", "[HH]:MM"] {
            #expect(CellStyles.kind(of: format) == .span, "\(format)")
        }
    }
}
