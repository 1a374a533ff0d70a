import Foundation
import Testing
import TuneModel

@testable import TuneData

/// Lines of any length are shown, kept and reported, in memory that does not grow with them.
struct LongLineTests {
    private static let size = 64 << 20
    private static let isTorture = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] != nil

    /// A record, a line of so many bytes, and another record.
    private func file(_ scratch: Scratch, _ size: Int, head: String = "{\"prompt\": \"", _ name: String = "d.jsonl")
        throws -> String
    {
        let path = try scratch.file(name, pairs([("a ->", " b\n")]))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(head.utf8))
        let chunk = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<(size >> 20) { try file.write(contentsOf: chunk) }
        try file.write(contentsOf: Data(("\"}\r\n" + pairs([("c ->", " d\n")])).utf8))
        try file.close()
        return path
    }

    /// The most memory that the process has held, in bytes.
    private var peak: Int {
        var usage = rusage()
        // 0 is RUSAGE_SELF, which the C library spells as an enum and takes as a number.
        getrusage(0, &usage)
        return usage.ru_maxrss << 10
    }

    @Test func aLongLineIsShownAndReported() throws {
        let scratch = try Scratch()
        let size = Self.isTorture ? 1 << 30 : Self.size
        let path = try file(scratch, size)
        let before = peak
        let dataset = try Dataset(opening: path)
        #expect(dataset.count == 3)
        let row = try dataset.row(at: 1)
        let length = size + "{\"prompt\": \"".utf8.count + 2
        #expect(row.problem == .tooLong(bytes: length, limit: LineReader.lineLimit))
        #expect(row.length == length && row.bytes.count <= Row.shownLimit && row.text.hasSuffix("…"))
        #expect(row.text.hasPrefix("{\"prompt\": \"xxx"))
        #expect(try dataset.record(at: 2) == .completion(prompt: "c ->", completion: " d\n"))
        #expect(try dataset.span(of: 1).content.count == length)
        let finding = try #require(try DatasetCheck.findings(of: dataset).first)
        #expect(finding.id == "oversized-line" && finding.rows == [1] && finding.severity == .error)
        #expect(try DatasetStats(of: dataset).broken == 1)
        let error = DataError.lineTooLong(file: path, line: 2, bytes: length, limit: LineReader.lineLimit)
        #expect(throws: error) { try TrainingFile.records(at: path) }
        #expect(throws: error) { try dataset.record(at: 1) }
        // Other tests may have held more; this one adds at most a few buffers.
        #expect(peak - before < 100 << 20)
    }

    @Test func preparingLeavesItOut() throws {
        let scratch = try Scratch()
        let preparation = try Preparation(analysing: Dataset(opening: file(scratch, Self.size)))
        #expect(preparation.notices.contains { $0.id == "oversized-line" && $0.rows == [1] })
        #expect(try preparation.write().trainingRecords == 2)
        #expect(try scratch.text("d_prepared.jsonl") == pairs([("a ->", " b\n"), ("c ->", " d\n")]))
    }

    @Test func editingAndSplittingKeepIt() throws {
        let scratch = try Scratch()
        let path = try file(scratch, 20 << 20)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        try RecordWriter.replace(row: 0, of: Dataset(opening: path), with: Array("{}".utf8))
        try RecordWriter.replace(
            row: 0, of: Dataset(opening: path), with: Array(pairs([("a ->", " b\n")]).utf8.dropLast()))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        let files = try DatasetSplit(Dataset(opening: path), setApart: 1).write()
        let sizes = try [files.first, files.second].map { try Data(contentsOf: URL(fileURLWithPath: $0)).count }
        #expect(sizes.reduce(0, +) == before.count - 1)
    }

    @Test func aLineOfNothingButZerosIsALine() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", "")
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 256 << 20)
        let dataset = try Dataset(opening: path)
        #expect(dataset.count == 1)
        #expect(try dataset.row(at: 0).problem == .tooLong(bytes: 256 << 20, limit: LineReader.lineLimit))
    }

    @Test func linesAroundTheLimitAreReadWhole() throws {
        let scratch = try Scratch()
        for extra in [-1, 0, 1] {
            let line = [UInt8](repeating: UInt8(ascii: "1"), count: LineReader.lineLimit + extra)
            let path = try scratch.file("d.jsonl", bytes: line + [0x0a] + Array("{}\n".utf8))
            let dataset = try Dataset(opening: path)
            #expect(dataset.count == 2)
            let row = try dataset.row(at: 0)
            #expect(row.length == line.count && (row.bytes.count == line.count) == (extra <= 0))
        }
    }

    @Test func otherFormatsRefuseThem() throws {
        let scratch = try Scratch()
        // Tables are looked at a megabyte at a time.
        let long = String(repeating: "x", count: LineReader.lineLimit + (2 << 20))
        #expect(throws: DataError.self) { try Dataset(opening: scratch.file("d.txt", long)) }
        let quoted = try scratch.file("d.csv", "prompt,completion\na,\"" + long + "\nb,c\n")
        #expect(throws: DataError.badTable(file: quoted, line: 2, problem: .unclosedQuote)) {
            try Dataset(opening: quoted)
        }
        let plain = try scratch.file("e.csv", "prompt,completion\na," + long + "\n")
        #expect(throws: DataError.badTable(file: plain, line: 2, problem: .tooLong(limit: LineReader.lineLimit))) {
            try Dataset(opening: plain)
        }
        let list = try scratch.file("d.json", "[\n{\"prompt\": \"" + long + "\"}]")
        #expect(throws: DataError.self) { try Dataset(opening: list) }
    }

    /// The size of the file does not show in memory: 2 GB of records, in the long form of the tests.
    @Test(.enabled(if: isTorture)) func aLargeFileOpensInLittleMemory() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", "")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let chunk = Data(pairs((0..<2000).map { ("question \($0)", String(repeating: "y", count: 480)) }).utf8)
        let chunks = (2 << 30) / chunk.count
        for _ in 0..<chunks { try file.write(contentsOf: chunk) }
        try file.close()
        let before = peak
        let dataset = try Dataset(opening: path)
        #expect(dataset.count == chunks * 2000)
        #expect(try dataset.row(at: dataset.count - 1).record != nil)
        #expect(peak - before < dataset.count + (32 << 20))
    }
}
