import Testing
import TuneData
import TuneModel

@testable import TuneControl

struct RecordSheetTests {
    private func there(_ record: Record) throws -> (text: String, back: Record) {
        let text = RecordSheet.text(of: record, notes: ["a note", "=== not a mark"])
        return (text, try RecordSheet.record(in: text, shape: record.shape, of: "r"))
    }

    /// Byte for byte, where `==` would take two spellings of an accent for one.
    private func isSame(_ a: Record, _ b: Record) -> Bool {
        RecordLine.text(of: a).utf8.elementsEqual(RecordLine.text(of: b).utf8)
    }

    @Test func fieldsStandBelowTheirMarks() throws {
        let record = Record.completion(prompt: "静夜思 ->", completion: " 床前明月光，\n疑是地上霜。\n")
        #expect(
            RecordSheet.text(of: record, notes: ["note"])
                == "# note\n=== prompt\n静夜思 ->\n=== completion\n 床前明月光，\n疑是地上霜。\n\n")
        #expect(try isSame(there(record).back, record))
    }

    @Test func turnsHaveTheirRoleAndWeight() throws {
        let record = Record.chat([
            Message(role: "user", content: "q"), Message(role: "assistant", content: "a", weight: 0),
            Message(role: "assistant", content: "", weight: 0.5),
        ])
        let (text, back) = try there(record)
        #expect(text.hasSuffix("=== user\nq\n=== assistant weight 0\na\n=== assistant weight 0.5\n\n"))
        #expect(back == record)
    }

    @Test func whatAnEditorMightLoseIsWrittenAsJSON() throws {
        let record = Record.completion(prompt: "a\r\nb\u{1B}[31m\u{0}", completion: "\u{202E}中\"\\\u{FEFF}")
        let (text, back) = try there(record)
        #expect(text.contains(#""prompt": "a\r\nb\u001b[31m\u0000""#))
        #expect(text.contains("中"))
        #expect(isSame(back, record))
    }

    /// Lines that look like marks, notes, escapes or JSON, in every order and shape.
    @Test(arguments: 0..<3000)
    func everyTextComesBackAsItWas(seed: Int) throws {
        var random = Seeded(state: UInt64(seed))
        let scraps =
            TextStoreTests.scraps + [
                "===", "=== prompt", "\n=== user\n", "\\===", "\\\\=== x", "#", "\n# note", "{", "\n", "\n\n", "#! ",
                "=",
                "\u{FEFF}", " ",
            ]
        func text() -> String {
            (0..<Int.random(in: 0...5, using: &random)).map { _ in scraps.randomElement(using: &random)! }.joined()
        }
        func turns() -> [Message] {
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Message(
                    role: ["user", "assistant", "tool", "a b", "", "角色"].randomElement(using: &random)!,
                    content: text(), weight: [nil, 0, 1, 0.25].randomElement(using: &random)!)
            }
        }
        let record: Record =
            switch seed % 3 {
            case 0: .completion(prompt: text(), completion: text())
            case 1: .chat(turns())
            default: .preference(input: turns(), preferred: turns(), rejected: turns())
            }
        let (text, back) = try there(record)
        #expect(isSame(back, record), "\(text)")
        // An editor that ends every line as another system does changes nothing either.
        if !text.contains("{"), !text.unicodeScalars.contains("\r") {
            let other = text.unicodeScalars.reduce(into: "") { $0 += $1 == "\n" ? "\r\n" : String($1) }
            #expect(try isSame(RecordSheet.record(in: other, shape: record.shape, of: "r"), record))
        }
    }

    @Test func aMistakeIsToldByItsLine() {
        func problem(_ text: String, _ shape: Record.Shape = .completion) -> SheetProblem? {
            #expect(throws: SheetProblem.self) { try RecordSheet.record(in: text, shape: shape, of: "r") }
        }
        #expect(problem("# n\n\nhello\n=== prompt\n") == .textAboveFirstMark(file: "r", line: 3))
        #expect(
            problem("=== prompt\na\n=== answer\n")
                == .unknownMark(file: "r", line: 3, mark: "answer", known: ["prompt", "completion"]))
        #expect(problem("=== prompt\n=== prompt\n=== completion\n") == .twice(file: "r", line: 2, mark: "prompt"))
        #expect(problem("=== prompt\na\n") == .missing(file: "r", mark: "completion"))
        #expect(problem("=== user weight x\n", .chat) == .badWeight(file: "r", line: 1, text: "x"))
        #expect(
            problem("=== \n", .chat)
                == .unknownMark(file: "r", line: 1, mark: "", known: ["user", "assistant", "system"]))
        #expect(problem("# only notes\n") == .empty(file: "r"))
    }

    @Test func brokenJSONIsToldByLineAndColumn() {
        let error = #expect(throws: DataError.self) {
            try RecordSheet.record(in: "# note\n{\n  \"prompt\": x\n}\n", shape: .completion, of: "r")
        }
        #expect(error == .notJSON(file: "r", line: 3, column: 13, problem: .expectedValue))
        let other = #expect(throws: DataError.self) {
            try RecordSheet.record(in: "{\"messages\": []}", shape: .completion, of: "r")
        }
        #expect(
            other
                == .badRecord(file: "r", line: 1, problem: .otherShape(expected: "completion", found: "chat")))
    }
}
