import Testing
import TuneModel

@testable import TuneTrainer

struct GrammarParserTests {
    private static let grammars: [(source: String, takes: [String], refuses: [String])] = [
        (#"root ::= "yes" | "no""#, ["yes", "no"], ["", "y", "yesno", "maybe"]),
        (#"root ::= "a" "b"* "c"+ "d"?"#, ["ac", "abbccd"], ["a", "abd", "acdd"]),
        (#"root ::= "a"{2} "b"{1,} "c"{0,2} "d"{,1}"#, ["aab", "aabbbccd"], ["ab", "aa", "aabccc", "aabdd"]),
        (#"root ::= ("a" | "b" "c")+"#, ["a", "bc", "abca"], ["b", "c", ""]),
        (#"root ::= [a-c] [^a-c] ."#, ["adx", "b月👍"], ["aax", "ad", "dax"]),
        ("root ::= [月-朋👍] [^\\n] \"é\"", ["月xé", "👍月é", "有 é"], ["a月é", "月\né"]),
        (#"root ::= "\n\t\"\\\x41\u6708\U0001F44D" [\]\[\-\^]"#, ["\n\t\"\\A月👍]", "\n\t\"\\A月👍-"], ["n"]),
        (
            """
            # A list of numbers.
            root ::= "[" (number ("," number)*)? "]"   # with nothing in between

            number ::=
              "-"? ("0"
                 | [1-9] [0-9]*)
            """, ["[]", "[0]", "[-12,3]"], ["[01]", "[,]", "[1,]"]
        ),
        (
            """
            root ::= expr
            expr ::= term ([-+*/] term)*
              | "?"
            term ::= [0-9]+ | "(" expr ")"
            """, ["1", "(1+2)*((3))", "?", "(?)/7"], ["()", "1+", "(1"]
        ),
        ("root ::= x_1 x-2\r\nx_1 ::= \"a\"\r\nx-2 ::= \"b\"\r\n", ["ab"], ["a"]),
        (#"root ::= "" | "a" root"#, ["", "aaa"], ["b"]),
        (#"root ::= ("a"*)* "b""#, ["b", "aab"], ["a"]),
    ]

    @Test(arguments: grammars.indices) func aGrammarTakesWhatItSays(_ index: Int) throws {
        let (source, takes, refuses) = Self.grammars[index]
        for text in takes { #expect(try AnswerForm.grammar(source).takes(text), "\(text.debugDescription)") }
        for text in refuses { #expect(try !AnswerForm.grammar(source).takes(text), "\(text.debugDescription)") }
    }

    @Test(
        arguments: [
            ("", FormFault.noRoot), ("other ::= \"a\"", .noRoot),
            ("root ::= a\n\na ::= b c\nb ::= \"x\"", .undefinedRule("c", line: 3)),
            ("root ::= \"a\"\nroot ::= \"b\"", .repeatedRule("root", line: 2)),
            ("root ::= root \"a\" | \"b\"", .leftRecursion("root", line: 1)),
            ("root ::= a\na ::= \"x\"? b\nb ::= a \"c\" | \"d\"", .leftRecursion("a", line: 2)),
            ("root ::= (\"x\"* root)? \"y\"", .leftRecursion("root", line: 1)),
            ("root ::= \"a\" | b\nb ::= \"x\" b", .endless("b", line: 2)),
        ] as [(String, FormFault)])
    func aFlawIsToldWithItsLine(_ source: String, _ fault: FormFault) {
        #expect(AnswerForm.grammar(source).fault == fault)
    }

    @Test(arguments: [
        ("root ::= \"a", 1), ("root ::= [a", 1), ("root ::= [", 1), ("root ::= []", 1), ("root = \"a\"", 1),
        ("root ::= \"a\"\n\n  )", 3), ("root ::= (\"a\"\n\"b\"", 2), ("root ::= \"a\"{", 1), ("root ::= \"a\"{}", 1),
        ("root ::= \"a\"{3,2}", 1), ("root ::= \"\\q\"", 1), ("root ::= \"\\x4\"", 1), ("root ::= \"\\uD800\"", 1),
        ("root ::= [z-a]", 1), ("root ::= <token>", 1), ("root ::= \"a\nb\"", 1), ("root ::= * \"a\"", 1),
        ("root ::= \"a\" \\", 1), ("|", 1), ("root ::= \"a\"\nb", 2),
    ])
    func aMistakeIsToldWithItsLine(_ source: String, _ line: Int) {
        guard case .grammarSyntax(let expected, line: let found) = AnswerForm.grammar(source).fault else {
            Issue.record("\(String(describing: AnswerForm.grammar(source).fault))")
            return
        }
        #expect(found == line)
        #expect(!expected.english.isEmpty && !expected.chinese.isEmpty)
    }

    @Test(arguments: [
        "root ::= \"a\"{99999}", "root ::= ((\"a\"{9999}){9999}){9999}",
        "root ::= " + String(repeating: "(", count: 100_000), "root ::= ." + String(repeating: "?", count: 100_000),
        (0..<20_000).map { "r\($0) ::= r\($0 + 1)\n" }.joined() + "r20000 ::= \"a\"\nroot ::= r0",
        "root ::= ." + String(repeating: "{1000}", count: 9),
    ])
    func aGrammarThatIsTooLargeIsRefused(_ source: String) throws {
        let (toll, fault) = try Toll.of { AnswerForm.grammar(source).fault }
        #expect(try fault.get() == .tooLarge)
        #expect(toll.megabytes < 256)
    }

    @Test func readingsThatGrowWithoutAnEndAreKeptFew() throws {
        // A text has more readings than can be counted, but for a short one: what has too many is not taken.
        let form = AnswerForm.grammar("root ::= s\ns ::= \"a\" s s | \"a\" s | \"a\"")
        #expect(try form.takes(String(repeating: "a", count: 10)))
        #expect(try !form.takes(String(repeating: "a", count: 30) + "b"))
    }

    @Test func aGrammarOfManyReadingsCostsLittleMemory() throws {
        let form = AnswerForm.grammar("root ::= s\ns ::= [a-z] s s | [a-y] s [a-z]? | [b-z] s? | [a-m] [c-n]* s")
        var guide = try AnswerGuide(form, tokenizer: AnswerWriterTests.tokenizer, endIDs: [2])
        let (toll, steps) = try Toll.of {
            (0..<12).prefix { _ in
                guard let token = guide.allowed().first else { return false }
                guide.take(token)
                return true
            }
        }
        #expect(try steps.get().count > 3)
        #expect(toll.megabytes < 256)
    }
}
