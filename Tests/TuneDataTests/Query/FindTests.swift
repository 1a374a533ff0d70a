import Foundation
import Synchronization
import Testing

@testable import TuneData

struct FindTests {
    private func dataset(_ scratch: Scratch, rows: Int, hits: Set<Int>) throws -> Dataset {
        let filler = String(repeating: "filler ", count: 40)
        return try Dataset(
            opening: scratch.file(
                "data.jsonl",
                pairs((0..<rows).map { ("question \($0)", hits.contains($0) ? filler + "明月 Kludge" : filler) })))
    }

    @Test func theNextHitIsFoundAndAroundTheEnd() throws {
        let scratch = try Scratch()
        let dataset = try dataset(scratch, rows: 40_000, hits: [7, 19_500, 39_990])
        let pattern = try TextPattern("kludge")
        #expect(try dataset.find(pattern, from: 0) == 7)
        #expect(try dataset.find(pattern, from: 7) == 7)
        #expect(try dataset.find(pattern, from: 8) == 19_500)
        #expect(try dataset.find(pattern, from: 39_991) == 7)
        #expect(try dataset.find(pattern, from: 39_989, forward: false) == 19_500)
        #expect(try dataset.find(pattern, from: 6, forward: false) == 39_990)
        #expect(try dataset.find(try TextPattern("明月"), from: 100) == 19_500)
        #expect(try dataset.find(try TextPattern("question 3.*7$", isRegex: true), from: 38) == 307)
        #expect(try dataset.find(try TextPattern("nowhere"), from: 3) == nil)
        #expect(try dataset.find(try TextPattern("nowhere"), from: 3, forward: false) == nil)
    }

    @Test func aSearchEndsWhenNobodyWaitsForIt() throws {
        let scratch = try Scratch()
        let dataset = try dataset(scratch, rows: 40_000, hits: [])
        let asked = Mutex(0)
        let work = DataWork(isCancelled: {
            asked.withLock {
                $0 += 1
                return $0 > 3
            }
        })
        #expect(throws: DataError.cancelled) { try dataset.find(try TextPattern("x y z"), work: work) }
        #expect(throws: DataError.cancelled) { try RowQuery(order: RowOrder(.length)).rows(of: dataset, work: work) }
    }

    @Test func progressOnlyGrows() throws {
        let scratch = try Scratch()
        let dataset = try dataset(scratch, rows: 40_000, hits: [])
        let seen = Mutex<[Double]>([])
        let work = DataWork(report: { share in seen.withLock { $0.append(share) } })
        _ = try RowQuery(filter: RowFilter("nowhere"), order: RowOrder(.prompt)).rows(of: dataset, work: work)
        let shares = seen.withLock { $0 }
        #expect(shares == shares.sorted())
        #expect(shares.count > 2 && shares.last! <= 1)
    }
}
