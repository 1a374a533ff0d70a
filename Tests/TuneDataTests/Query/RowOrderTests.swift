import Testing
import TuneModel

@testable import TuneData

struct RowOrderTests {
    private func rows(
        _ prompts: [String], _ order: RowOrder, _ facts: QueryFacts = QueryFacts(), filter: String = ""
    ) throws -> [Int32] {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", pairs(prompts.map { ($0, " answer") }) + "broken\n")
        return try RowQuery(filter: RowFilter(filter), order: order).rows(of: Dataset(opening: path), facts: facts)
    }

    @Test func textsStandByCodePointsCapitalsAsSmallLetters() throws {
        let prompts = ["b", "A", "a", "é", "", "B", "明", "z", "一", "🙂"]
        #expect(try rows(prompts, RowOrder(.prompt)) == [4, 1, 2, 0, 5, 7, 3, 8, 6, 9, 10])
        #expect(try rows(prompts, RowOrder(.prompt, isDescending: true)) == [9, 6, 8, 3, 7, 0, 5, 1, 2, 4, 10])
    }

    @Test func textsThatBeginAlikeAreReadFurther() throws {
        let head = String(repeating: "What is the meaning of ", count: 4)
        let prompts = ["zebra", "apple", "zebra", "Zoo", "apple pie"].map { head + $0 }
        #expect(try rows(prompts, RowOrder(.prompt)) == [1, 4, 0, 2, 3, 5])
        #expect(try rows(prompts, RowOrder(.prompt, isDescending: true)) == [3, 0, 2, 4, 1, 5])
        #expect(try rows(prompts, RowOrder(.prompt), filter: "zebra") == [0, 2])
    }

    @Test func textsThatAreAlikeForLongStayAsTheyStand() throws {
        let head = String(repeating: "x", count: RowSorter.textLimit)
        #expect(try rows([head + "b", head + "a"], RowOrder(.prompt)) == [0, 1, 2])
    }

    @Test func rowsThatLackAValueComeLast() throws {
        let facts = QueryFacts(losses: [3, .nan, 1, 2])
        #expect(try rows(["a", "b", "c", "d"], RowOrder(.loss), facts) == [2, 3, 0, 1, 4])
        #expect(try rows(["a", "b", "c", "d"], RowOrder(.loss, isDescending: true), facts) == [0, 3, 2, 1, 4])
    }

    @Test func numbersAreSortedAsNumbersAndEqualOnesAsTheyStand() throws {
        let prompts = ["aa", "a", "bb", "", "ccccccccccc"]
        #expect(try rows(prompts, RowOrder(.length)) == [3, 1, 0, 2, 4, 5])
        #expect(try rows(prompts, RowOrder(.promptLength, isDescending: true)) == [4, 0, 2, 1, 3, 5])
        #expect(try rows(prompts, RowOrder(.row, isDescending: true), filter: "-broken") == [4, 3, 2, 1, 0])
    }

    /// Over many stretches, so that several threads have a part in it, and against a plain sort.
    @Test func largeFilesAreSortedLikeSmallOnes() throws {
        var random = MersenneTwister(seed: 3)
        let prompts = (0..<30_000).map { _ in
            ["What is", "what was", "Wo ist"][Int(random.next(upTo: 2))] + " \(random.next(upTo: 9000)) "
                + String(repeating: "x", count: Int(random.next(upTo: 300)))
        }
        let scratch = try Scratch()
        let dataset = try Dataset(opening: scratch.file("data.jsonl", pairs(prompts.map { ($0, " b") })))
        let expected = prompts.indices.sorted {
            (prompts[$0].lowercased().prefix(RowSorter.textLimit), $0) < (
                prompts[$1].lowercased().prefix(RowSorter.textLimit), $1
            )
        }
        #expect(try RowQuery(order: RowOrder(.prompt)).rows(of: dataset) == expected.map(Int32.init))
        let wanted = prompts.indices.filter { prompts[$0].contains(" 77") }.map(Int32.init)
        var grown: [Int32] = []
        #expect(try RowQuery(filter: RowFilter("\" 77\"")).rows(of: dataset) { grown += $0 } == wanted)
        #expect(grown == wanted)
    }
}
