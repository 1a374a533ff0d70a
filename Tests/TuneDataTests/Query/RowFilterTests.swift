import Testing
import TuneModel

@testable import TuneData

struct RowFilterTests {
    private static let lines = [
        #"{"prompt":"What is a KLUDGE?","completion":" An ugly fix."}"#,
        #"{"prompt":"what is a hack?","completion":" A quick job."}"#,
        #"{"prompt":"\u660e\u6708\u662f\u4ec0\u4e48\uff1f","completion":" 月亮 and\/or moon"}"#,
        #"{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"你好，世界"},{"role":"tool","content":"kludge"},{"role":"assistant","content":"好"}]}"#,
        "this line is broken, kludge",
        #"{"prompt":"say \"two words\" now","completion":""}"#,
    ]

    private func rows(_ filter: String, _ facts: QueryFacts = QueryFacts()) throws -> [Int32] {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", Self.lines.joined(separator: "\n"))
        return try RowQuery(filter: RowFilter(filter)).rows(of: Dataset(opening: path), facts: facts)
    }

    @Test func nothingTypedLetsEveryRowPass() throws {
        #expect(try RowFilter("  ").isEmpty)
        #expect(try rows("") == [0, 1, 2, 3, 4, 5])
    }

    @Test(arguments: [
        ("kludge", [0, 3, 4]), ("KLUDGE", [0]), ("-kludge", [1, 2, 5]), ("kludge prompt:what", [0]),
        ("\"two words\"", [5]), ("“two words”", [5]), ("/w(h|o)[ar]/", [0, 1, 5]), ("completion:/ (an|a) /", [0, 1]),
        ("明月", [2]), ("and/or", [2]), ("世界", [3]), ("prompt:好", [3]), ("completion:好", [3]),
        ("completion:世界", []), ("system:kind", [3]), ("user:世界", [3]), ("tool:kludge", [3]), ("assistant:kind", []),
        ("role:tool", [3]), ("-role:tool broken", [4]), ("broken", [4]), ("turns>2", [3]), ("turns=2", [0, 1, 2, 5]),
        ("len<=20", [3, 5]), ("len:27..28", [1]), ("len:30..", [0]), ("row:2-3", [1, 2]), ("row>5", [5]),
        ("lang:zh", [2]), ("lang:en", [0, 1, 5]), ("lang：mixed", [3]), ("-broken -lang:en", [2, 3]),
    ])
    func termsCombine(_ typed: String, _ expected: [Int32]) throws {
        #expect(try rows(typed) == expected)
    }

    @Test func factsFromOutsideDecideToo() throws {
        var duplicates = RowSet(rows: 6)
        duplicates.insert(1)
        var long = RowSet()
        long.insert(5)
        let facts = QueryFacts(
            losses: [0.5, 4.5, .nan, 9, 1], tags: { $0 == 2 ? ["Bad"] : [] },
            findings: ["duplicates": duplicates, "long-records": long], isEdited: { $0 == 3 },
            tokens: TokenMeasure(
                model: "letters", context: 100, pieces: { _ in [] },
                count: { record in
                    guard case .completion(let prompt, let completion) = record else { throw DataError.cancelled }
                    return TokenCount(all: prompt.count, trained: completion.count)
                }))
        #expect(try rows("loss>4", facts) == [1, 3])
        #expect(try rows("finding:duplicates", facts) == [1])
        #expect(try rows("findings:any", facts) == [1, 5])
        #expect(try rows("tag:bad", facts) == [2])
        #expect(try rows("-tagged", facts) == [0, 1, 3, 4, 5])
        #expect(try rows("edited", facts) == [3])
        #expect(try rows("tokens>16", facts) == [0, 5])
        #expect(try rows("trained=0", facts) == [5])
    }

    @Test func whatIsNotKnownHoldsForNoRowAndCanBeAskedFor() throws {
        let filter = try RowFilter("loss>4 tokens<3 tag:x edited finding:any kludge")
        #expect(filter.needs == [.losses, .tokens, .tags, .edits, .findings])
        #expect(QueryFacts(losses: []).missing(of: filter.needs) == [.tokens, .tags, .edits, .findings])
        #expect(try rows("loss>0") == [])
    }

    @Test(arguments: [
        ("foo:bar", FilterProblem.unknownWord("foo", column: 1)), ("a http://x", .unknownWord("http", column: 3)),
        ("size>3", .unknownWord("size", column: 1)), ("\"open", .unclosedQuote(column: 1)),
        ("x /open", .unclosedExpression(column: 3)), ("\"\"", .emptyTerm(column: 1)),
        ("-/(/", .badExpression("(", column: 2)), ("len>x", .badNumber("x", column: 5)),
        ("len><3", .badComparison("><", column: 4)), ("len:9..3", .emptyRange("9..3", column: 5)),
        ("len:3..y", .badNumber("y", column: 8)), ("lang:xx", .unknownLanguage("xx", column: 6)),
    ])
    func aTermThatSaysNothingIsTold(_ typed: String, _ problem: FilterProblem) {
        #expect(throws: problem) { try RowFilter(typed) }
        for language in Language.allCases { #expect(!problem.explanation.text(in: language).isEmpty) }
    }

    @Test func wordsAreHeldToTheirKind() throws {
        let (role, edited, prompt) = try (
            #require(FilterWord.named("role")), #require(FilterWord.named("edited")),
            #require(FilterWord.named("prompt"))
        )
        #expect(throws: FilterProblem.noValue(role, column: 1)) { try RowFilter("role:") }
        #expect(throws: FilterProblem.takesNoValue(edited, column: 1)) { try RowFilter("edited:yes") }
        #expect(throws: FilterProblem.cannotCompare(prompt, column: 2)) { try RowFilter("-prompt>3") }
    }

    @Test func everyWordsExampleCanBeRead() throws {
        for word in RowFilter.words { #expect(try !RowFilter(word.example).isEmpty, "\(word.name)") }
    }

    @Test func quotedTextIsNoWord() throws {
        #expect(try rows("\"broken\"") == [4])
        #expect(try rows("prompt:\"a hack\"") == [1])
        #expect(try rows("\"is a\" -\"a hack\"") == [0])
    }

    @Test func whatIsLookedForCanBeHighlighted() throws {
        let filter = try RowFilter("kludge -moon prompt:/ge./ tool:moon edited")
        func marked(_ text: String, _ side: RecordSide, _ role: String? = nil) -> [String] {
            filter.matches(in: text, of: side, role: role).map { String(text[$0]) }
        }
        #expect(marked("a Kludge, moon kludge", .prompt) == ["Kludge,", "kludge"])
        #expect(marked("a Kludge, moon kludge", .answer) == ["Kludge", "kludge"])
        #expect(marked("moon", .prompt, "tool") == ["moon"])
    }
}
