import CZlib
import Foundation
import Testing
import TuneModel

@testable import TuneData

struct GzipTests {
    /// Packs bytes as one member.
    static func packed(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        // zlib remembers where its stream is.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        deflateInit2_(
            stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(stream, UInt(bytes.count))) + 64)
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                deflate(stream, Z_FINISH)
            }
        }
        let count = Int(stream.pointee.total_out)
        deflateEnd(stream)
        return Array(output[..<count])
    }

    private static let records = pairs((0..<1000).map { ("question \($0)", "answer \($0)") })

    private func problem(_ bytes: [UInt8]) throws -> (Int, ArchiveProblem)? {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl.gz", bytes: bytes)
        do throws(DataError) { _ = try Dataset(opening: path) } catch {
            guard case .damagedArchive(path, let offset, let problem) = error else { return nil }
            return (offset, problem)
        }
        return nil
    }

    @Test(arguments: ["d.jsonl.gz", "d.JSONL.GZ", "d.gz", "d.jsonl", "data"])
    func packedLinesReadAsPlainOnes(_ name: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file(name, bytes: Self.packed(Array(Self.records.utf8)))
        let dataset = try Dataset(opening: path)
        #expect(dataset.count == 1000 && dataset.format == .jsonl && !dataset.isEditable)
        #expect(try dataset.record(at: 999) == .completion(prompt: "question 999", completion: "answer 999"))
        #expect(throws: DataError.notEditable(file: path, extension: "gz")) {
            try RecordWriter.remove(row: 0, of: dataset)
        }
        #expect(throws: DataError.notEditable(file: path, extension: "gz")) {
            try RecordWriter.append([.completion(prompt: "a", completion: "b")], to: path)
        }
        #expect(dataset.isCurrent)
    }

    @Test func everyFormatCanBePacked() throws {
        let scratch = try Scratch()
        let expected = Record.completion(prompt: "a", completion: "b")
        let texts = [
            ("d.csv", "prompt,completion\na,b\n"), ("d.tsv", "prompt\tcompletion\na\tb\n"),
            ("d.json", "[{\"prompt\":\"a\",\"completion\":\"b\"}]"),
            ("e.json", "{\"prompt\":[\"a\"],\"completion\":[\"b\"]}"),
        ]
        for (name, text) in texts {
            let dataset = try Dataset(opening: scratch.file(name + ".gz", bytes: Self.packed(Array(text.utf8))))
            #expect(try dataset.rows(in: 0..<9).map(\.record) == [expected], "\(name)")
            #expect(dataset.format.rawValue == String(name.suffix(4).drop { $0 == "." }), "\(name)")
        }
        let text = try Dataset(opening: scratch.file("d.txt.gz", bytes: Self.packed(Array("b".utf8))))
        #expect(try text.record(at: 0) == .completion(prompt: "", completion: "b"))
        let sheet = ZipWriter(
            sheet: "<w><row><c t='str'><v>prompt</v></c><c t='str'><v>completion</v></c></row>"
                + "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row></w>")
        let book = try Dataset(opening: scratch.file("d.xlsx.gz", bytes: Self.packed(sheet.bytes())))
        #expect(try book.record(at: 0) == expected)
    }

    @Test func membersFollowOneAnother() throws {
        let scratch = try Scratch()
        let parts = ["{\"prompt\":\"a\",\"comp", "letion\":\"b\"}\n", "", pairs([("c", "d")])]
        let bytes = parts.flatMap { Self.packed(Array($0.utf8)) } + [UInt8](repeating: 0, count: 700)
        let dataset = try Dataset(opening: scratch.file("d.jsonl.gz", bytes: bytes))
        #expect(dataset.count == 2)
    }

    @Test func damageIsToldByPlace() throws {
        let sound = Self.packed(Array(Self.records.utf8))
        for end in [3, 9, 20, sound.count / 2, sound.count - 9, sound.count - 1] {
            let found = try #require(try problem(Array(sound[..<end])))
            #expect(found.1 == .truncated && found.0 == end)
        }
        var flipped = sound
        flipped[sound.count / 2] ^= 0xff
        let damage = try #require(try problem(flipped))
        #expect([.corrupt, .wrongChecksum].contains(damage.1) && damage.0 > 10)
        var checksum = sound
        checksum[sound.count - 8] ^= 1
        #expect(try problem(checksum)?.1 == .wrongChecksum)
        let trailing = try #require(try problem(sound + Array("tail".utf8)))
        #expect(trailing.1 == .trailingBytes && trailing.0 == sound.count)
    }

    @Test func aBombIsStopped() throws {
        let zeros = Self.packed([UInt8](repeating: 0, count: 80 << 20), level: 9)
        #expect(zeros.count < 100 << 10)
        let found = try #require(try problem(zeros))
        #expect(found.1 == .tooLarge(limit: 64 << 20))
    }

    @Test func preparedFilesDropBothEndings() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl.gz", bytes: Self.packed(Array(Self.records.utf8)))
        let options = ReadingOptions(recognition: .byName)
        let files = try Preparation(analysing: Dataset(opening: path, reading: options)).write()
        #expect(files.training == scratch.path("d_prepared.jsonl"))
        #expect(scratch.names == ["d.jsonl.gz", "d_prepared.jsonl", "d_prepared.recipe.json"])
        #expect(try scratch.text("d_prepared.jsonl").hasPrefix("{\"prompt\":\"question 0"))
    }

    @Test func aPackedFileThatIsFineIsStillWritten() throws {
        let scratch = try Scratch()
        let fine = pairs([("a ->", " b\n"), ("c ->", " d\n")])
        let path = try scratch.file("d.jsonl.gz", bytes: Self.packed(Array(fine.utf8)))
        #expect(try Preparation(analysing: Dataset(opening: path)).write().isWritten)
        #expect(try scratch.text("d_prepared.jsonl") == fine)
    }
}
