import Foundation
import Testing
import TuneModel

@testable import TuneData

struct HostileWorkbookTests {
    private static let heading = "<row r=\"1\">" + cell("A1", "prompt") + cell("B1", "completion") + "</row>"

    private static func cell(_ name: String, _ text: String) -> String {
        "<c r=\"\(name)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }

    private static func sheet(_ rows: String) -> String {
        "<worksheet><sheetData>\(heading)\(rows)</sheetData></worksheet>"
    }

    private func error(_ bytes: [UInt8]) throws -> DataError? {
        let scratch = try Scratch()
        let path = try scratch.file("d.xlsx", bytes: bytes)
        do throws(DataError) {
            let dataset = try Dataset(opening: path)
            Issue.record("\(dataset.count) rows were read")
        } catch {
            // Every error has words, in both languages.
            #expect(!error.explanation.what.english.isEmpty && !error.explanation.what.chinese.isEmpty)
            return error
        }
        return nil
    }

    private func problem(_ bytes: [UInt8]) throws -> WorkbookProblem? {
        guard case .badWorkbook(_, _, _, let problem) = try error(bytes) else { return nil }
        return problem
    }

    private func archiveProblem(_ bytes: [UInt8]) throws -> ArchiveProblem? {
        guard case .damagedArchive(_, let offset, let problem) = try error(bytes) else { return nil }
        #expect((0...bytes.count).contains(offset))
        return problem
    }

    private static let broken: [(String, WorkbookProblem)] = [
        (sheet("<row r=\"2\"><c t=\"s\"><v>7</v></c></row>"), .noSuchString("7")),
        (sheet("<row r=\"2\"><c r=\"XFE2\"><v>7</v></c></row>"), .badCell("XFE2")),
        (sheet("<row r=\"2\"><c r=\"?\"><v>7</v></c></row>"), .badCell("?")),
        (sheet("<row r=\"1\"/>"), .badRow("1")), (sheet("<row r=\"1048577\"/>"), .badRow("1048577")),
        (sheet("<row r=\"-2\"/>"), .badRow("-2")),
        (sheet("<row r=\"99999999999999999999\"/>"), .badRow("99999999999999999999")),
        (sheet("<row><c></row>"), .notXML), (sheet("<row>") + "<", .notXML), ("<worksheet><sheetData>", .cutShort),
        ("text", .notXML), ("<worksheet><!-- ", .cutShort), ("<worksheet a=\"", .cutShort),
        ("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>", .documentType),
        (sheet("<row>&lol;</row>"), .unknownEntity("lol")),
        (sheet("<row>&#xD800;</row>"), .unknownEntity("#xD800")),
        (sheet("<row>&#1114112;</row>"), .unknownEntity("#1114112")),
        (sheet("<row>&#0;</row>"), .unknownEntity("#0")), (sheet("<row>&#-5;</row>"), .unknownEntity("#-5")),
        (sheet("<row>&nosemicolonhere"), .unknownEntity("nosemicolonh")), ("\u{0}<\u{0}w", .notUTF8),
        ("<worksheet>" + String(repeating: "<a>", count: 1000), .nestedTooDeep),
        ("<worksheet a='" + String(repeating: "x", count: 70_000) + "'/>", .tooLong(limit: XMLScanner.tagLimit)),
    ]

    @Test(arguments: broken)
    func brokenSheetsAreRefusedByPlace(_ sheet: String, _ expected: WorkbookProblem) throws {
        #expect(try problem(ZipWriter(sheet: sheet).bytes()) == expected)
    }

    @Test func partsThatAreMissing() throws {
        var none = ZipWriter()
        none.add("readme.txt", "x")
        #expect(try problem(none.bytes()) == .noWorkbook)
        var binary = ZipWriter()
        binary.add("xl/workbook.bin", "x")
        #expect(try problem(binary.bytes()) == .binary)
        var sheetless = ZipWriter()
        sheetless.add("xl/workbook.xml", "<workbook/>")
        #expect(try problem(sheetless.bytes()) == .noSheet)
        var lost = ZipWriter(sheet: "")
        lost.parts.removeAll { $0.name == "xl/s.xml" }
        #expect(try problem(lost.bytes()) == .missingPart)
    }

    @Test func otherContainersSayWhatToDo() throws {
        var old = [UInt8](repeating: 0, count: 2048)
        old.replaceSubrange(0..<8, with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
        old[30] = 9
        #expect(try problem(old) == .oldFormat)
        old.replaceSubrange(600..<632, with: "EncryptedPackage".utf8.flatMap { byte -> [UInt8] in [byte, 0] })
        #expect(try problem(old) == .encrypted)
        let sound = ZipWriter(sheet: Self.sheet(""))
        #expect(try archiveProblem(sound.bytes(flags: 1)) == .encrypted)
        #expect(try archiveProblem(sound.bytes(method: 12)) == .unknownMethod(12))
        let unpacked = try #require(try archiveProblem(sound.bytes(method: 8)))
        #expect([.corrupt, .truncated].contains(unpacked))
    }

    @Test func damagedArchivesAreRefusedByPlace() throws {
        let sound = ZipWriter(sheet: Self.sheet("<row><c><v>1</v></c><c><v>2</v></c></row>")).bytes()
        #expect(try archiveProblem(Array(sound[..<(sound.count - 30)])) == .noDirectory)
        #expect(try archiveProblem(Array(sound.prefix(4))) == .noDirectory)
        var flipped = sound
        let place = try #require(sound.firstRange(of: Array("<v>1".utf8)))
        flipped[place.upperBound - 1] = UInt8(ascii: "3")
        #expect(try archiveProblem(flipped) == .wrongChecksum)
        var zip64 = sound
        zip64.replaceSubrange(sound.count - 6..<sound.count - 2, with: [255, 255, 255, 255])
        #expect(try archiveProblem(zip64) == .zip64)
        var misplaced = sound
        misplaced[sound.count - 6] ^= 0x55
        #expect(try archiveProblem(misplaced) == .badDirectory)
    }

    /// No cut and no flipped byte of a sound file is more than an error.
    @Test func survivesEveryCutAndManyFlips() throws {
        let scratch = try Scratch()
        let sound = ZipWriter(
            sheet: Self.sheet("<row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>44000</v></c></row>"),
            strings: "<sst><si><t>a</t></si></sst>", styles: "<s><cellXfs><xf/><xf numFmtId='14'/></cellXfs></s>"
        ).bytes()
        var outcomes: Set<Bool> = []
        for place in sound.indices {
            for change in 0..<3 {
                var bytes = sound
                switch change {
                case 0: bytes = Array(sound[..<place])
                case 1: bytes[place] ^= 0x20
                default: bytes[place] = 0xff
                }
                let path = try scratch.file("d.xlsx", bytes: bytes)
                do throws(DataError) {
                    _ = try Dataset(opening: path, reading: ReadingOptions(format: .xlsx))
                    outcomes.insert(true)
                } catch {
                    _ = error.explanation
                    outcomes.insert(false)
                }
            }
        }
        #expect(outcomes == [true, false])
    }

    @Test func aSharedTextRepeatedWithoutEndIsStopped() throws {
        let text = String(repeating: "x", count: 1 << 18)
        let rows = String(repeating: "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>", count: 5000)
        let bytes = ZipWriter(sheet: Self.sheet(rows), strings: "<sst><si><t>\(text)</t></si></sst>").bytes()
        guard case .expandsTooMuch(_, let limit) = try error(bytes) else {
            Issue.record("no such error")
            return
        }
        #expect(limit == UnpackLimit.bytes(packed: bytes.count))
    }
}
