import Testing
import TuneModel

struct RecordFrameTests {
    private func frame(_ pairs: [(String, String)]) -> RecordFrame {
        RecordFrame(of: pairs.map { .completion(prompt: $0, completion: $1) })
    }

    @Test func aQuestionGetsTheSeparatorOnce() {
        let frame = frame([("What is a hack? ->", " A quick job.\n"), ("Who is foo? ->", " A name.\n")])
        #expect(frame.separator == "? ->" && frame.ending == ".\n" || frame.ending == "\n")
        #expect(frame.framed("What is bar") == .prompt("What is bar? ->"))
        #expect(frame.framed("What is bar?") == .prompt("What is bar? ->"))
        #expect(frame.framed("What is bar? ->") == .prompt("What is bar? ->"))
    }

    @Test func withoutASeparatorAQuestionStaysAsItIs() {
        #expect(frame([("one", "b\n"), ("two", "c\n")]).framed("three") == .prompt("three"))
    }

    @Test func conversationsAreAskedAsConversations() {
        let turns = [Message(role: "user", content: "a"), Message(role: "assistant", content: "b")]
        let answer = [Message(role: "assistant", content: "b")]
        for record in [Record.chat(turns), .preference(input: turns, preferred: answer, rejected: answer)] {
            let frame = RecordFrame(of: [record, record])
            #expect(frame.isChat && frame.ending == nil)
            #expect(frame.framed("hello") == .chat([Message(role: "user", content: "hello")]))
        }
    }
}
