import Testing
import TuneModel

struct RecordLossesTests {
    private func losses(_ digests: [UInt64]) -> RecordLosses {
        RecordLosses(
            losses: digests.indices.map { RecordLoss(record: $0, loss: Double($0), tokens: 1, right: 1, step: 1) },
            digests: digests)
    }

    private func column(_ rows: [UInt64], of learned: [UInt64]) -> [Float?] {
        losses(learned).column(for: rows).map { $0.isNaN ? nil : $0 }
    }

    @Test func anUntouchedFileHasEveryLossInItsPlace() {
        #expect(column([7, 8, 9], of: [7, 8, 9]) == [0, 1, 2])
    }

    @Test func anEditedRowHasNoLoss() {
        #expect(column([7, 1, 9], of: [7, 8, 9]) == [0, nil, 2])
    }

    @Test func rowsThatMovedAreFoundByTheirContent() {
        #expect(column([5, 7, 8, 9], of: [7, 8, 9]) == [nil, 0, 1, 2])
        #expect(column([9, 7], of: [7, 8, 9]) == [2, 0])
    }

    @Test func equalRowsTakeALossEach() {
        #expect(column([7, 7, 7], of: [7, 7]) == [0, 1, nil])
        #expect(column([1, 7, 7], of: [7, 7]) == [nil, 1, 0])
    }

    @Test func recordsThatWereHeldOutHaveNone() {
        let part = RecordLosses(
            losses: [RecordLoss(record: 2, loss: 0.5, tokens: 1, right: 0, step: 3)], digests: [9])
        #expect(part.column(for: [7, 8, 9]).map { $0.isNaN ? nil : $0 } == [nil, nil, 0.5])
    }
}
