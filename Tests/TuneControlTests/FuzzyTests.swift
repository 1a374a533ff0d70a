import Testing

@testable import TuneControl

struct FuzzyTests {
    @Test func lettersMustComeInOrder() {
        #expect(Fuzzy.score("pd", in: "Prepare the dataset") != nil)
        #expect(Fuzzy.score("dp", in: "Prepare") == nil)
    }

    @Test func wordStartsAndRunsCountForMore() throws {
        let start = try #require(Fuzzy.score("mo", in: "Go to Models"))
        let inside = try #require(Fuzzy.score("mo", in: "Show some more or less"))
        #expect(start > inside)
    }

    @Test func nothingTypedFitsEverything() {
        #expect(Fuzzy.score("", in: "x") == 0)
    }
}
