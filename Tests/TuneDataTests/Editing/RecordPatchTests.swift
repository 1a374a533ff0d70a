import Testing
import TuneModel

@testable import TuneData

/// A line that is made to say something else keeps all that it need not change.
struct RecordPatchTests {
    private func patched(_ line: String, _ record: Record, _ columns: Columns = .standard) -> String? {
        RecordPatch.line(Array(line.utf8), as: record, columns).map { String(decoding: $0, as: UTF8.self) }
    }

    private func record(_ line: String) -> Record? { Row(index: 0, line: 1, bytes: Array(line.utf8)).record }

    @Test func onlyTheTextsThatDifferChange() {
        let line = #" { "id": 1.0, "completion" : "a\/b\u00e9" , "prompt":"q", "tools":[{"x":1e3}], "id":2 } "#
        #expect(patched(line, pair("q", "a/bé")) == nil)
        #expect(patched(line, pair("Q", "a/bé")) == line.replacing(#""q""#, with: #""Q""#))
        // Of a text, the part that is the same keeps its spelling.
        #expect(patched(line, pair("q", "a/bé!")) == line.replacing(#"\u00e9""#, with: #"\u00e9!""#))
        #expect(patched(line, pair("q", "a/-/bé")) == line.replacing(#"a\/b"#, with: #"a\/-\/b"#))
    }

    @Test func newTextsAreSpelledAsTheLineSpellsThem() {
        #expect(
            patched(#"{"prompt":"a/b","completion":"c"}"#, pair("a/b", "x/漢\n"))
                == #"{"prompt":"a/b","completion":"x/漢\n"}"#)
        #expect(
            patched(#"{"prompt":"\u6f22","completion":"c"}"#, pair("漢", "漢😀/"))
                == #"{"prompt":"\u6f22","completion":"\u6f22\ud83d\ude00/"}"#)
    }

    @Test func brokenBytesStayWhereTheyAreNotMeant() {
        let line: [UInt8] = Array(#"{"prompt":""#.utf8) + [0xff] + Array(#"\ud83d b","completion":"c"}"#.utf8)
        guard case .completion(let prompt, _)? = Row(index: 0, line: 1, bytes: line).record else {
            Issue.record("it is a record")
            return
        }
        let new = RecordPatch.line(line, as: pair(prompt + "!", "c"), .standard)
        #expect(new == Array(#"{"prompt":""#.utf8) + [0xff] + Array(#"\ud83d b!","completion":"c"}"#.utf8))
    }

    @Test func turnsKeepWhatTheyHaveBesideTheirTexts() throws {
        let line =
            #"{"messages": [{"role":"system","content":"s"},{"content":[{"type":"text","text":"hi"}],"#
            + #""role":"user","name":"Bo"},{"role":"assistant","content":null,"tool_calls":[1.0]},"#
            + #"{"role":"assistant","content":"x","weight":0}], "tools":[] }"#
        guard case .chat(var turns)? = record(line) else {
            Issue.record("it is a conversation")
            return
        }
        #expect(patched(line, .chat(turns)) == nil)
        turns[1].content = "ho"
        turns[3].weight = 1
        var expected = line.replacing(#""text":"hi""#, with: #""text":"ho""#)
            .replacing(#""weight":0"#, with: #""weight":1"#)
        #expect(patched(line, .chat(turns)) == expected)
        turns.append(Message(role: "user", content: "more"))
        expected = expected.replacing(#""weight":1}"#, with: #""weight":1},{"role":"user","content":"more"}"#)
        #expect(patched(line, .chat(turns)) == expected)
        turns.removeFirst()
        expected = expected.replacing(#"{"role":"system","content":"s"},"#, with: "")
        #expect(record(expected) == .chat(turns))
        #expect(try #require(patched(line, .chat(turns))).contains(#""name":"Bo""#))
        let first = patched(line, .chat([Message(role: "system", content: "s")]))
        #expect(first == #"{"messages": [{"role":"system","content":"s"}], "tools":[] }"#)
        #expect(patched(line, .chat([])) == #"{"messages": [], "tools":[] }"#)
        let fromNothing = patched(#"{"messages":[]}"#, .chat([Message(role: "user", content: "a")]))
        #expect(fromNothing == #"{"messages":[{"role":"user","content":"a"}]}"#)
    }

    @Test func pairsOfPreferencesAreChangedSideBySide() {
        let line =
            #"{"input":{"messages":[{"role":"user","content":"q"}],"tools":[]},"#
            + #""preferred_output":[{"role":"assistant","content":"a"}],"#
            + #""non_preferred_output":[{"role":"assistant","content":"b"}],"id":7}"#
        func turn(_ role: String, _ text: String) -> [Message] { [Message(role: role, content: text)] }
        let new = Record.preference(
            input: turn("user", "q"), preferred: turn("assistant", "A"), rejected: turn("assistant", "b"))
        #expect(patched(line, new) == line.replacing(#""a""#, with: #""A""#))
    }

    @Test func whatIsMissingIsAddedAndWhatIsAnotherShapeKeepsTheRest() {
        #expect(patched(#"{"prompt":"q", "id": 3}"#, pair("q", "c")) == #"{"prompt":"q", "id": 3, "completion": "c"}"#)
        #expect(patched("{}", pair("q", "c")) == #"{"prompt":"q","completion":"c"}"#)
        #expect(patched(#"{"prompt":5,"completion":null}"#, pair("6", "c")) == #"{"prompt":"6","completion":"c"}"#)
        #expect(
            patched(#"{"prompt":"q","completion":"c","id":1.50}"#, .chat([Message(role: "user", content: "q")]))
                == #"{"messages":[{"role":"user","content":"q"}],"id":1.50}"#)
        #expect(patched("no record", pair("q", "c")) == #"{"prompt":"q","completion":"c"}"#)
        let columns = Columns(prompt: "Q", completion: "A")
        let line = #"{"q":"x","A":"y","prompt":"z"}"#
        #expect(patched(line, pair("X", "y"), columns) == line.replacing("x", with: "X"))
    }

    @Test func randomTextsComeOutAsTheyWereMeant() throws {
        var source = SplitMix(state: 3)
        let pieces = [
            "a", "\"", "\\", "/", "\n", "é", "e\u{301}", "漢", "😀", "\u{0}", "\u{7f}", "\u{fffd}", " ", "👨‍👩‍👧",
        ]
        func text() -> String {
            (0..<Int.random(in: 0...6, using: &source)).map { _ in pieces.randomElement(using: &source)! }.joined()
        }
        for _ in 0..<5000 {
            let line = RecordLine.text(of: pair(text(), text()))
            let (prompt, completion) = (text(), text())
            let new = patched(line, pair(prompt, completion)) ?? line
            guard case .completion(let a, let b)? = record(new) else {
                Issue.record("\(new)")
                return
            }
            #expect(a.unicodeScalars.elementsEqual(prompt.unicodeScalars), "\(line) \(new)")
            #expect(b.unicodeScalars.elementsEqual(completion.unicodeScalars), "\(line) \(new)")
        }
    }
}
