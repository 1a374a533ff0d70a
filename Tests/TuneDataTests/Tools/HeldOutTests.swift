import Testing
import TuneModel

@testable import TuneData

struct HeldOutTests {
    private let records = (0..<200).map { Record.completion(prompt: "What is \($0)?", completion: " It is \($0).") }

    private func rows(_ records: [Record], share: Double = 0.1, seed: UInt64 = 42) throws -> [Int] {
        let parts = try HeldOut.rows(of: records, share: share, seed: seed, file: "a.jsonl")
        #expect((parts.training + parts.validation).sorted() == Array(records.indices))
        return parts.validation
    }

    @Test func theShareIsHeldOutAndAlwaysTheSame() throws {
        let first = try rows(records)
        #expect(first.count == 20)
        #expect(try rows(records) == first)
        #expect(try rows(records, seed: 43) != first)
    }

    @Test func theOrderOfTheFileDoesNotMatter() throws {
        let held = Set(try rows(records).map { records[$0] })
        let turned = Array(records.reversed())
        #expect(Set(try rows(turned).map { turned[$0] }) == held)
    }

    @Test func equalRecordsStayOnOneSide() throws {
        let doubled = records + records
        let held = try rows(doubled)
        #expect(Set(held.map { $0 % 200 }).count * 2 == held.count)
    }

    @Test func nothingLeftOnOneSideIsRefused() {
        #expect(throws: DataError.self) { try rows([records[0]]) }
        #expect(throws: DataError.self) { try rows(Array(repeating: records[0], count: 10)) }
    }

    @Test func aSmallFileGivesAtLeastOne() throws {
        #expect(try rows(Array(records.prefix(3)), share: 0.01).count == 1)
    }
}
