import Testing
import TuneData

struct TextPatternTests {
    @Test func smallLettersFindCapitalsToo() throws {
        let pattern = try TextPattern("kludge")
        #expect(pattern.matches("What is a KLUDGE?"))
        #expect(try !TextPattern("Kludge").matches("a kludge"))
    }

    @Test func charactersStandForThemselvesUnlessTheyAreMeantAsAnExpression() throws {
        #expect(try !TextPattern("a.c").matches("abc"))
        #expect(try TextPattern(typed: "/a.c/").matches("abc"))
        #expect(try TextPattern(typed: "/").matches("either/or"))
    }

    @Test func chineseIsFoundWhereItStands() throws {
        let text = "床前明月光，疑是地上霜。举头望明月。"
        #expect(try TextPattern("明月").ranges(in: text).map { String(text[$0]) } == ["明月", "明月"])
    }

    @Test func anExpressionsGroupsCanBePutBack() throws {
        let pattern = try TextPattern(#"(\w+)@(\w+)"#, isRegex: true)
        #expect(pattern.replacing(in: "me@home", with: "$2 of $1") == "home of me")
        #expect(try TextPattern("$").replacing(in: "5$", with: "$1") == "5$1")
    }

    @Test func aClassOfCharactersIsNoCapital() throws {
        #expect(try TextPattern(#"\Sb"#, isRegex: true).matches("AB"))
    }

    @Test func whatCannotBeReadIsTold() {
        #expect(throws: PatternProblem.unreadable("(")) { try TextPattern("(", isRegex: true) }
        #expect(throws: PatternProblem.empty) { try TextPattern("") }
    }
}
