import Testing
import TuneModel

@testable import TuneData

struct ConversionMarksTests {
    private func convert(_ text: String, to shape: Record.Shape) throws -> (Conversion, [String]) {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", text))
        let conversion = try Conversion.fitting(dataset, to: shape)
        _ = try conversion.write(dataset, to: scratch.path("o.jsonl"))
        return (conversion, try scratch.text("o.jsonl").split(separator: "\n").map(String.init))
    }

    @Test func findsTheMarksThatPreparedFilesHave() throws {
        let (conversion, lines) = try convert(pairs([("Why? ->", " Because.\n"), ("Who? ->", " Me.\n")]), to: .chat)
        #expect((conversion.separator, conversion.ending) == (" ->", "\n"))
        #expect(
            lines[0] == #"{"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"Because."}]}"#)
    }

    @Test(arguments: [("sing", "ring"), ("Why?", "Who?"), ("背诵《春晓》", "背诵《静夜思》")])
    func takesNoPiecesOfWordsOrSentencesOff(_ one: String, _ other: String) throws {
        let (conversion, _) = try convert(pairs([(one, "going."), (other, "doing.")]), to: .chat)
        #expect((conversion.separator, conversion.ending) == ("", ""))
    }

    @Test func anEndThatStandsElsewhereTooIsNoMark() throws {
        let (conversion, _) = try convert(pairs([("a", "One. Two."), ("b", "Three.")]), to: .chat)
        #expect(conversion.ending == "")
    }

    @Test func oneRecordHasNoCommonEnd() throws {
        let (conversion, _) = try convert(pairs([("a ->", "b END")]), to: .chat)
        #expect((conversion.separator, conversion.ending) == ("", ""))
    }

    @Test func putsMarksOnThatStandNowhereElse() throws {
        func chat(_ question: String, _ answer: String) -> String {
            #"{"messages":[{"role":"user","content":"\#(question)"},{"role":"assistant","content":"\#(answer)"}]}"#
                + "\n"
        }
        let (plain, lines) = try convert(chat("q", "a"), to: .completion)
        #expect((plain.separator, plain.ending) == (" ->", "\n"))
        #expect(lines == [#"{"prompt":"q ->","completion":" a\n"}"#])
        let (taken, _) = try convert(chat(#"q\nr"#, #"a\nb."#), to: .completion)
        #expect((taken.separator, taken.ending) == ("\n\n###\n\n", " END"))
    }

    @Test func thereAndBackAgain() throws {
        let text = pairs([("Why ->", " x\n"), ("Who ->", " y\n")])
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", text))
        _ = try Conversion.fitting(dataset, to: .chat).write(dataset, to: scratch.path("c.jsonl"))
        let chat = try Dataset(opening: scratch.path("c.jsonl"))
        _ = try Conversion.fitting(chat, to: .completion).write(chat, to: scratch.path("b.jsonl"))
        #expect(try scratch.text("b.jsonl") == text)
    }

    @Test func takesConversationsInOtherSpellings() throws {
        let (_, lines) = try convert(
            #"{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}"# + "\n", to: .completion)
        #expect(lines == [#"{"prompt":"q ->","completion":" a\n"}"#])
    }
}
