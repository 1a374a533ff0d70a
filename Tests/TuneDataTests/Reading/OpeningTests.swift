import Foundation
import Testing
import TuneModel

@testable import TuneData

struct OpeningTests {
    private func finish(_ opening: DatasetOpening) async throws -> (Dataset, grown: [Int]) {
        var grown: [Int] = []
        for try await news in opening.news {
            switch news {
            case .grown(let dataset, let share):
                #expect(!dataset.isWhole && (0...1).contains(share))
                grown.append(dataset.count)
            case .finished(let dataset):
                #expect(dataset.isWhole)
                return (dataset, grown)
            }
        }
        throw DataError.cancelled
    }

    @Test func theFirstRowsComeBeforeTheOthersAreFound() async throws {
        let scratch = try Scratch()
        let filler = String(repeating: "x", count: 1000)
        let path = try scratch.file("d.jsonl", pairs((0..<70_000).map { ("p\($0)", filler) }))
        let opening = try Dataset.opening(path, rows: 50)
        #expect(opening.head.count == 50 && !opening.head.isWhole && opening.head.shape == .completion)
        #expect(try opening.head.record(at: 49) == .completion(prompt: "p49", completion: filler))
        let (whole, grown) = try await finish(opening)
        #expect(try whole == Dataset(opening: path))
        #expect(try whole.record(at: 69_999) == .completion(prompt: "p69999", completion: filler))
        #expect(grown.allSatisfy { $0 > 50 && $0 < 70_000 } && grown == grown.sorted())
    }

    @Test(arguments: ["csv", "tsv", "txt", "json", "jsonl.gz", "csv.gz", "xlsx", "json.gz"])
    func otherFormatsBeginAtOnceToo(_ ending: String) async throws {
        let scratch = try Scratch()
        let texts = (0..<30_000).map { ("question \($0)", "answer \(String(repeating: "y", count: $0 % 90))") }
        let bytes: [UInt8] =
            switch ending {
            case "csv": Array(("prompt,completion\n" + texts.map { "\($0.0),\($0.1)\n" }.joined()).utf8)
            case "tsv": Array(("prompt\tcompletion\n" + texts.map { "\($0.0)\t\($0.1)\n" }.joined()).utf8)
            case "txt": Array(texts.map { $0.1 }.joined(separator: "\n").utf8)
            case "json", "json.gz":
                Array(("[" + pairs(texts).split(separator: "\n").joined(separator: ",\n") + "]").utf8)
            case "xlsx":
                ZipWriter(
                    sheet: "<w><row><c t='str'><v>prompt</v></c><c t='str'><v>completion</v></c></row>"
                        + texts.map { "<row><c t='str'><v>\($0.0)</v></c><c t='str'><v>\($0.1)</v></c></row>" }
                        .joined() + "</w>"
                ).bytes()
            default: Array(pairs(texts).utf8)
            }
        let isPacked = ending.hasSuffix(".gz")
        let plain =
            ending == "csv.gz"
            ? Array(("prompt,completion\n" + texts.map { "\($0.0),\($0.1)\n" }.joined()).utf8) : bytes
        let path = try scratch.file("d." + ending, bytes: isPacked ? GzipTests.packed(plain) : bytes)
        let opening = try Dataset.opening(path, rows: 20)
        #expect(opening.head.count >= 20 && opening.head.count < 30_000 && !opening.head.isWhole)
        let (whole, _) = try await finish(opening)
        #expect(try whole.count == 30_000 && whole == Dataset(opening: path))
        #expect(try opening.head.record(at: 19) == whole.record(at: 19))
    }

    @Test func aShortFileIsWholeAtOnce() async throws {
        let scratch = try Scratch()
        for name in ["d.jsonl", "d.csv", "e.jsonl"] {
            let text = name == "d.csv" ? "prompt,completion\na,b\n" : name == "e.jsonl" ? "" : pairs([("a", "b")])
            let opening = try Dataset.opening(scratch.file(name, text))
            #expect(opening.head.isWhole && opening.head.count == (text.isEmpty ? 0 : 1))
            #expect(try await finish(opening).0 == opening.head)
        }
    }

    @Test func faultsFurtherDownAreNews() async throws {
        let scratch = try Scratch()
        let text = "prompt,completion\n" + String(repeating: "a,b\n", count: 1000) + "x,y,z\n"
        let opening = try Dataset.opening(scratch.file("d.csv", text), rows: 10)
        #expect(opening.head.count == 10)
        await #expect(throws: DataError.self) { _ = try await finish(opening) }
        #expect(throws: DataError.fileMissing(file: "/nowhere.jsonl")) { try Dataset.opening("/nowhere.jsonl") }
    }

    @Test func whoStopsReadingStopsTheWork() async throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.csv", "prompt,completion\n" + String(repeating: "a,b\n", count: 500_000))
        let opening = try Dataset.opening(path, rows: 10)
        let reading = Task {
            for try await news in opening.news { if case .finished = news { return true } }
            return false
        }
        reading.cancel()
        #expect(try await reading.value == false)
    }

    @Test func theIndexTakesLessThanAByteARow() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", String(repeating: "{}\n", count: 100_000))
        let index = try Dataset(opening: path).index
        #expect(index.rows == 100_000)
        #expect(Double(index.blocks.count * MemoryLayout<LineIndex.Block>.stride) / 100_000 < 0.5)
        // Of long rows every one of 4 MB or so is remembered, so that none is far from where reading begins.
        let long = "\"" + String(repeating: "x", count: 3 << 20) + "\"\n"
        let rows = try Dataset(opening: scratch.file("l.jsonl", String(repeating: long, count: 6))).index
        #expect(rows.blocks.first?.row == 0)
        #expect(zip(rows.blocks, rows.blocks.dropFirst()).allSatisfy { $1.offset - $0.offset <= 8 << 20 })
    }

    /// A large file is looked through in stretches of 4 MB, which begin and end anywhere.
    @Test func rowsAreFoundWhereverTheFileWasCut() throws {
        let scratch = try Scratch()
        var text = "\u{feff}"
        var lines: [Int] = []
        var line = 1
        for row in 0..<60_000 {
            if row % 7 == 3 {
                text += row % 2 == 0 ? "\n" : "  \r\n"
                line += 1
            }
            let length = row == 20_000 ? 9 << 20 : row % 499
            text += "{\"prompt\":\"\(row)\",\"completion\":\"\(String(repeating: "y", count: length))\"}"
            text += row == 59_999 ? "" : row % 3 == 0 ? "\r\n" : "\n"
            lines.append(line)
            line += 1
        }
        let dataset = try Dataset(opening: scratch.file("d.jsonl", text))
        #expect(dataset.count == 60_000)
        for row in [0, 1, 63, 64, 19_999, 20_000, 20_001, 59_999] + stride(from: 5, to: 60_000, by: 997) {
            let found = try dataset.row(at: row)
            #expect(found.line == lines[row])
            #expect(
                found.record
                    == .completion(
                        prompt: "\(row)", completion: String(repeating: "y", count: row == 20_000 ? 9 << 20 : row % 499)
                    ))
        }
    }
}
