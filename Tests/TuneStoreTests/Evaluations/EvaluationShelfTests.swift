import Foundation
import Testing
import TuneModel

@testable import TuneStore

struct EvaluationShelfTests {
    private let paths = Paths(home: NSTemporaryDirectory() + "evaluations-" + UUID().uuidString)

    @Test func whatWasKeptComesBack() throws {
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        let shelf = EvaluationShelf(paths)
        let report = report("eval-one")
        try shelf.save(report)
        #expect(try shelf.load("eval-one") == report)
        #expect(shelf.list().map(\.id) == ["eval-one"])
        #expect(shelf.list().first?.values == [0.5])
        try shelf.delete("eval-one")
        #expect(shelf.list().isEmpty)
    }

    @Test func theNewestComesFirst() throws {
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        let shelf = EvaluationShelf(paths)
        for (age, id) in ["eval-b", "eval-a", "eval-c"].enumerated() {
            try shelf.save(report(id))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_790_000_000 - Double(age))],
                ofItemAtPath: paths.evaluations + "/\(id).json")
        }
        #expect(shelf.list().map(\.id) == ["eval-b", "eval-a", "eval-c"])
    }

    @Test func aNameThatLeadsElsewhereIsNoEvaluation() throws {
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        let shelf = EvaluationShelf(paths)
        try shelf.save(report("eval-a"))
        for id in ["eval-../../workspace", "../eval-a", "eval-b", ""] {
            #expect(throws: StoreError.evaluationNotFound(id, known: ["eval-a"])) { try shelf.load(id) }
            #expect(throws: StoreError.evaluationNotFound(id, known: ["eval-a"])) { try shelf.delete(id) }
        }
    }

    @Test func aFileThatIsBrokenIsToldAndLeftOutOfTheList() throws {
        defer { try? FileManager.default.removeItem(atPath: paths.data) }
        let shelf = EvaluationShelf(paths)
        try shelf.save(report("eval-a"))
        let path = paths.evaluations + "/eval-x.json"
        try Data("{".utf8).write(to: URL(filePath: path))
        #expect(throws: StoreError.evaluationUnreadable(path: path)) { try shelf.load("eval-x") }
        #expect(shelf.list().map(\.id) == ["eval-a"])
    }

    // MARK: -

    private func report(_ id: String) -> EvaluationReport {
        var outcomes = ModelOutcomes(model: "m", count: 1)
        outcomes.outcomes[0].loss = RecordLoss(record: 0, loss: 0.5, tokens: 2, right: 1, step: 0)
        return EvaluationReport(
            id: id, createdAt: Date(timeIntervalSince1970: 1_790_000_000),
            request: EvaluationRequest(models: ["m"], dataset: "/d/test.jsonl"), name: "test.jsonl",
            records: [EvaluatedRecord(row: 0, prompt: "q", expected: "a")], models: [outcomes], segmentation: .western,
            labels: nil, judgePrompt: nil)
    }
}
