import Testing

@testable import TuneModel

struct LabelsTests {
    @Test func whatDoesNotChangeTheMeaningIsForgiven() {
        #expect(AnswerText.normalized("  Hello,   World! ") == AnswerText.normalized("hello world"))
        #expect(AnswerText.normalized("ＡＢＣ１２３") == "abc123")
        #expect(AnswerText.normalized("你好，世界！") == AnswerText.normalized("你好 世界"))
        #expect(AnswerText.normalized("“x”") == "x")
        #expect(AnswerText.normalized("don’t") == AnswerText.normalized("don't"))
    }

    @Test func whatChangesANumberIsNot() {
        #expect(AnswerText.normalized("3.5") != AnswerText.normalized("35"))
        #expect(AnswerText.normalized("-1") != AnswerText.normalized("1"))
        #expect(AnswerText.normalized("1,000") == AnswerText.normalized("1 000"))
    }

    @Test func anExactAnswerMayHaveSpaceAroundIt() {
        let score = AnswerScore(" yes\n", expected: "yes", .western)
        #expect(score.isExact)
        #expect(score.isEqual)
        #expect(!AnswerScore("Yes.", expected: "yes", .western).isExact)
        #expect(AnswerScore("Yes.", expected: "yes", .western).isEqual)
    }

    @Test func fewShortAnswersAreClasses() throws {
        let expected = ["good", " good", "bad", "good", "bad", "good\n"]
        let labels = try #require(Labels(recognizedIn: expected))
        #expect(labels.names == ["good", "bad"])
    }

    @Test func freeTextsAreNoClasses() {
        #expect(Labels(recognizedIn: ["one answer", "another", "a third", "a fourth", "one answer", "x"]) == nil)
        #expect(Labels(recognizedIn: Array(repeating: String(repeating: "long ", count: 20), count: 9)) == nil)
        #expect(Labels(recognizedIn: ["a", "b", "", "a", "b", "a"]) == nil)
        #expect(Labels(recognizedIn: []) == nil)
        // All the same is no choice.
        #expect(Labels(recognizedIn: ["a", "a", "a", "a"]) == nil)
    }

    @Test func classesCanBeForced() throws {
        let labels = try #require(Labels(recognizedIn: ["a", "b", "c"], isForced: true))
        #expect(labels.names == ["a", "b", "c"])
        #expect(Labels(recognizedIn: (0..<60).map { "class \($0)" }, isForced: true) == nil)
    }

    @Test func anAnswerNamesItsClassWhateverFollows() {
        let labels = Labels(["positive", "not positive", "好评"])
        #expect(labels.index(of: "Positive.") == 0)
        #expect(labels.index(of: " positive\n\nThe film was") == 0)
        #expect(labels.index(of: "positive because it was fun") == 0)
        #expect(labels.index(of: "not positive at all") == 1)
        #expect(labels.index(of: "positively") == nil)
        #expect(labels.index(of: "好评。") == 2)
        #expect(labels.index(of: "") == nil)
        #expect(labels.index(of: "none of these") == nil)
    }
}
