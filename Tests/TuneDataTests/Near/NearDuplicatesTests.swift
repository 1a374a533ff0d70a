import Foundation
import Testing
import TuneModel

@testable import TuneData

struct NearDuplicatesTests {
    private struct Words: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
        mutating func text(_ count: Int) -> String {
            (0..<count).map { _ in
                String(
                    (0..<Int.random(in: 2...9, using: &self)).map { _ in "etaoinshrdlu".randomElement(using: &self)! })
            }.joined(separator: " ")
        }
    }

    private func alike(_ text: String, _ threshold: Double = 0.85) throws -> [Int: Int] {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", text))
        let found = try NearDuplicates.pairs(in: dataset, threshold: threshold)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.row, $0.earlier) })
    }

    private func likeness(_ a: String, _ b: String) -> Double {
        func set(_ text: String) -> ShingleSet {
            let sketch = ShingleSketch()
            sketch.begin(keepingSet: true)
            Array(text.utf8).withUnsafeBufferPointer { sketch.add($0) }
            sketch.end()
            return sketch.set
        }
        return set(a).likeness(to: set(b))
    }

    @Test func likenessIsTheShareOfCommonPieces() {
        #expect(likeness("abcdefgh", "abcdefgh") == 1)
        // abcde bcdef cdefg defgh, and abcde bcdef cdefg defgx: three of five. The space in front makes one more.
        #expect(likeness("abcdefgh", "abcdefgx") == 3.0 / 5)
        #expect(likeness("abcdefgh", "zyxwvuts") == 0)
        #expect(likeness("What  is\nIT?", "what is it?") == 1)
        #expect(likeness("兰叶春葳蕤桂华秋", "兰叶春葳蕤桂华冬") == 3.0 / 5)
        #expect(likeness("ab", "ab") == 1)
        #expect(likeness("ab", "ac") == 0)
    }

    @Test func longTextsAreSampledWell() {
        var words = Words(state: 7)
        let text = words.text(4000)
        #expect(abs(likeness(text, text + " " + words.text(400)) - 1 / 1.1) < 0.05)
        #expect(likeness(text, words.text(4000)) < 0.4)
    }

    @Test func findsRowsThatDifferInALetterOrAWord() throws {
        var words = Words(state: 3)
        let texts = (0..<300).map { _ in words.text(60) }
        var rows = texts.enumerated().map { ("question \($0)", $1) }
        rows += texts.enumerated().map { ("question \($0)!", $1 + " end") }
        let found = try alike(pairs(rows))
        #expect(found.count >= 295)
        #expect(found.allSatisfy { $0.key - $0.value == 300 })
    }

    @Test func leavesRowsAloneThatOnlyShareAFrame() throws {
        var words = Words(state: 5)
        let rows = (0..<500).map { ("Please explain in one sentence what this is: \($0)", words.text(40)) }
        #expect(try alike(pairs(rows)) == [:])
    }

    @Test func theThresholdDecides() throws {
        var words = Words(state: 11)
        let text = words.text(60)
        let half = text.split(separator: " ").prefix(36).joined(separator: " ")
        let other = half + " " + words.text(24)
        let file = pairs([("a", text), ("b", other)])
        #expect(try alike(file, 0.9) == [:])
        #expect(try alike(file, 0.5).count <= 1)
        #expect(try alike(pairs([("a", text), ("a", text)]), 1) == [1: 0])
    }

    @Test func looksIntoConversationsAndNotIntoTheirOtherKeys() throws {
        var words = Words(state: 13)
        let text = words.text(50)
        func line(_ id: String, _ text: String) -> String {
            #"{"id":"\#(id)","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"\#(text)"}]}"#
                + "\n"
        }
        #expect(try alike(line(words.text(60), text) + line(words.text(60), text + ".")) == [1: 0])
        #expect(try alike(line("same same same", text) + line("same same same", words.text(50))) == [:])
    }

    @Test func memoryGrowsByLessThan64BytesARow() {
        let index = NearIndex(rows: 100_000, threshold: 0.85)
        #expect(index.bytes <= 64 * 100_000)
    }

    @Test func aRowLikeALikenessIsComparedWithTheFirstOnly() throws {
        var words = Words(state: 17)
        let parts = (0..<12).map { _ in words.text(10) }
        // Each differs from the one before by a twelfth, the last from the first by all.
        var rows: [(String, String)] = []
        var now = parts
        for place in 0..<12 {
            rows.append(("q", now.joined(separator: " ")))
            now[place] = words.text(10)
        }
        let found = try alike(pairs(rows), 0.8)
        #expect(found[1] == 0)
        #expect(found[11] != 0)
        #expect(found.values.allSatisfy { found[$0] == nil })
    }

    @Test func endsWhenNobodyWaits() throws {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", pairs([("a", "b"), ("c", "d")])))
        #expect(throws: DataError.cancelled) {
            try NearDuplicates.pairs(in: dataset, work: DataWork(isCancelled: { true }))
        }
    }
}
