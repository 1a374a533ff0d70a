import Foundation
import Testing

@testable import TuneModel

/// The text measures against the packages that people compare with; `Fixtures/measures.py` wrote what those say.
struct MeasuresTests {
    @Test func tokensAreSacrebleus() throws {
        for texts in try Reference.load().texts {
            let segmentation = try #require(Segmentation(rawValue: texts.segmentation))
            for row in texts.rows { #expect(segmentation.tokens(of: row.answer) == row.tokens, "\(row.answer)") }
        }
    }

    @Test func bleuAndChrFOfOneAnswerAreSacrebleus() throws {
        for texts in try Reference.load().texts {
            let segmentation = try #require(Segmentation(rawValue: texts.segmentation))
            for row in texts.rows {
                let bleu = BLEU(row.answer, expected: row.expected, segmentation).sentenceScore
                #expect(abs(bleu - row.bleu) < 1e-9, "\(row.answer): \(bleu), not \(row.bleu)")
                let chrF = ChrF(row.answer, expected: row.expected).score
                #expect(abs(chrF - row.chrf) < 1e-9, "\(row.answer): \(chrF), not \(row.chrf)")
            }
        }
    }

    @Test func bleuAndChrFOfAllAnswersAreSacrebleus() throws {
        for texts in try Reference.load().texts {
            let segmentation = try #require(Segmentation(rawValue: texts.segmentation))
            let bleus = texts.rows.map { BLEU($0.answer, expected: $0.expected, segmentation).numbers }
            let chrFs = texts.rows.map { ChrF($0.answer, expected: $0.expected).numbers }
            #expect(abs(BLEU.score(bleus.summed, isSentence: false) - texts.bleu) < 1e-9)
            #expect(abs(ChrF.score(chrFs.summed) - texts.chrf) < 1e-9)
        }
    }

    @Test func rougeIsRougeScores() throws {
        for row in try Reference.load().texts.flatMap(\.rows) {
            let rouge = ROUGE(row.answer, expected: row.expected)
            for (name, found) in [("rouge1", rouge.one), ("rouge2", rouge.two), ("rougeL", rouge.longest)] {
                let expected = try #require(row.rouge[name])
                for (value, wanted) in zip([found.precision, found.recall, found.f1], expected) {
                    #expect(abs(value - wanted) < 1e-12, "\(name) of \(row.answer)")
                }
            }
        }
    }

    @Test func aLongTextIsComparedAsAShortOne() throws {
        let long = try Reference.load().long
        func text(_ rule: [Int]) -> String {
            (0..<rule[0]).map { "w\(($0 * rule[1] + $0 * $0) % rule[2])" }.joined(separator: " ")
        }
        let found = ROUGE(text(long.answer), expected: text(long.expected)).longest.f1
        #expect(abs(found - long.rougeL) < 1e-12)
    }

    @Test(arguments: [1, 63, 64, 65, 128, 200])
    func theSubsequenceIsTheTables(count: Int) {
        let left = (0..<count).map { ($0 * 7 + $0 * $0) % 11 }
        let right = (0..<(count + 13)).map { ($0 * 3 + $0 * $0) % 11 }
        #expect(CommonSubsequence.length(left, right) == table(left, right))
        #expect(CommonSubsequence.length(right, left) == table(left, right))
        #expect(CommonSubsequence.length(left, left) == count)
    }

    @Test func classesAreReportedAsScikitLearnDoes() throws {
        for classes in try Reference.load().classes {
            let pairs = zip(classes.expected, classes.answers).map { expected, answer in
                (expected: classes.labels.firstIndex(of: expected)!, answer: classes.labels.firstIndex(of: answer))
            }
            let report = ClassificationReport(classes.labels, pairs)
            #expect(abs(report.accuracy - classes.accuracy) < 1e-12)
            #expect(report.rows.map(\.support) == classes.support)
            #expect(report.matrix.map { Array($0.dropLast()) } == classes.matrix)
            #expect(near(report.rows.map(\.precision), classes.precision))
            #expect(near(report.rows.map(\.recall), classes.recall))
            #expect(near(report.rows.map(\.f1), classes.f1))
            #expect(near([report.macro.precision, report.macro.recall, report.macro.f1], classes.macro))
            #expect(near([report.weighted.precision, report.weighted.recall, report.weighted.f1], classes.weighted))
        }
    }

    @Test func theLanguageOfTheAnswersChoosesTheTokens() {
        #expect(Segmentation(of: ["The cat sat on the mat."]) == .western)
        #expect(Segmentation(of: ["Swift 支持 Linux 和 macOS 系统，也支持其他系统。"]) == .chinese)
        #expect(Segmentation(of: ["1, 2, 3"]) == .western)
        #expect(Segmentation(of: [String]()) == .western)
    }

    // MARK: -

    private func near(_ left: [Double], _ right: [Double]) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) < 1e-12 }
    }

    private func table(_ left: [Int], _ right: [Int]) -> Int {
        var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for i in left.indices {
            for j in right.indices {
                rows[i + 1][j + 1] = left[i] == right[j] ? rows[i][j] + 1 : max(rows[i][j + 1], rows[i + 1][j])
            }
        }
        return rows[left.count][right.count]
    }
}

extension [[Double]] {
    fileprivate var summed: [Double] {
        dropFirst().reduce(first ?? []) { sum, part in zip(sum, part).map { $0 + $1 } }
    }
}

/// What the packages say.
private struct Reference: Decodable {
    struct Row: Decodable {
        let answer: String
        let expected: String
        let rouge: [String: [Double]]
        let bleu: Double
        let chrf: Double
        let tokens: [String]
    }

    struct Texts: Decodable {
        let segmentation: String
        let rows: [Row]
        let bleu: Double
        let chrf: Double
    }

    struct Long: Decodable {
        let answer: [Int]
        let expected: [Int]
        let rougeL: Double
    }

    struct Classes: Decodable {
        let labels: [String]
        let expected: [String]
        let answers: [String]
        let precision: [Double]
        let recall: [Double]
        let f1: [Double]
        let support: [Int]
        let accuracy: Double
        let macro: [Double]
        let weighted: [Double]
        let matrix: [[Int]]
    }

    let texts: [Texts]
    let long: Long
    let classes: [Classes]

    static func load(path: String = #filePath) throws -> Reference {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return try JSONDecoder().decode(
            Reference.self, from: Data(contentsOf: folder.appending(path: "Fixtures/measures.json")))
    }
}
