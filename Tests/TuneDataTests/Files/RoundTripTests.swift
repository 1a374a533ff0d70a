import Foundation
import Testing
import TuneModel

@testable import TuneData

/// Files in all their oddities come through opening, editing and undoing byte for byte.
struct RoundTripTests {
    /// Ten thousand files, and ten times as many in the long form of the tests.
    private static let files = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? 10_000 : 100_000

    @Test func everyRowPutBackLeavesTheFileAsItWas() throws {
        let scratch = try Scratch(inMemory: true)
        var source = SplitMix(state: 7)
        var rows = 0
        for number in 0..<Self.files {
            let bytes = OddFile.bytes(&source)
            let path = try scratch.file("d.jsonl", bytes: bytes)
            let dataset = try Dataset(opening: path)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).elementsEqual(bytes), "file \(number): opened")
            rows += dataset.count
            guard dataset.isEditable, dataset.count > 0 else { continue }
            // Every byte of the file belongs to a row, to a blank line, or to the ends of lines.
            for row in try dataset.rows(in: 0..<dataset.count) {
                let span = try dataset.span(of: row.index)
                #expect(Array(bytes[span.content]) == row.bytes, "file \(number), row \(row.index)")
            }
            let row = Int.random(in: 0..<dataset.count, using: &source)
            let line = try dataset.row(at: row).bytes
            try RecordWriter.replace(row: row, of: dataset, with: line)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).elementsEqual(bytes), "file \(number): saved")
        }
        #expect(rows > Self.files)
    }

    @Test func anEditChangesItsSpanAlone() throws {
        let scratch = try Scratch(inMemory: true)
        var source = SplitMix(state: 8)
        for number in 0..<1000 {
            let bytes = OddFile.bytes(&source)
            let path = try scratch.file("d.jsonl", bytes: bytes)
            let dataset = try Dataset(opening: path)
            guard dataset.isEditable, dataset.count > 0 else { continue }
            let row = Int.random(in: 0..<dataset.count, using: &source)
            let span = try dataset.span(of: row)
            let record = Record.completion(prompt: "x/", completion: "\n")
            try RecordWriter.replace(row: row, of: dataset, with: record)
            let expected =
                bytes[..<span.content.lowerBound] + RecordLine.bytes(of: record) + bytes[span.content.upperBound...]
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).elementsEqual(expected), "file \(number)")
            try RecordWriter.remove(row: row, of: Dataset(opening: path))
            let rest = bytes[..<span.content.lowerBound] + bytes[span.end...]
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).elementsEqual(rest), "file \(number)")
        }
    }
}

/// Files of lines in all their oddities.
enum OddFile {
    private static let texts: [String] = [
        #"{"prompt":"a","completion":"b"}"#, #"{ "completion" : "b\/c" , "prompt" : 1.0 }"#, "{}", "{", "5", "[1]",
        #"{"prompt":"\ud83d","completion":"\u00e9"}"#, #"{"a":1,"a":2}"#, "\u{0}", "\t", " ", "漢字 😀", "\u{feff}",
        #"{"messages":[{"role":"user","content":null}]}"#, #"{"n":1e400,"m":0.10,"k":-0}"#, "\r", "\"", "\\",
        "\u{1b}[31m",
    ]
    private static let broken: [[UInt8]] = [[0xff, 0xfe], [0xed, 0xa0, 0x80], [0xc0], [0xef, 0xbb, 0xbf]]
    private static let pieces = texts.map { Array($0.utf8) } + broken

    static func bytes(_ source: inout SplitMix) -> [UInt8] {
        var bytes: [UInt8] = Int.random(in: 0..<6, using: &source) == 0 ? [0xef, 0xbb, 0xbf] : []
        let lines = Int.random(in: 0...7, using: &source)
        for line in 0..<lines {
            for _ in 0..<Int.random(in: 0...3, using: &source) { bytes += Self.pieces.randomElement(using: &source)! }
            let isLast = line == lines - 1
            switch Int.random(in: 0..<(isLast ? 4 : 3), using: &source) {
            case 0: bytes += [0x0d, 0x0a]
            case 3: break
            default: bytes += [0x0a]
            }
        }
        return bytes
    }
}
