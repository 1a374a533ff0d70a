import Testing
import TuneData
import TuneModel

struct DatasetSplitTests {
    @Test func setsRowsApartLineForLine() throws {
        let scratch = try Scratch()
        let lines = (0..<50).map { "{ \"prompt\":\"p\($0)\",\"completion\":\"1\\/2\" }" }
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", lines.joined(separator: "\r\n")))
        let files = try DatasetSplit(dataset, setApart: 7, seed: 3).write()
        #expect((files.firstRecords, files.secondRecords) == (43, 7))
        let first = try scratch.text("d_train.jsonl").split(separator: "\n").map(String.init)
        let second = try scratch.text("d_valid.jsonl").split(separator: "\n").map(String.init)
        #expect(second.count == 7)
        #expect(Set(first + second) == Set(lines))
        #expect(second == lines.filter { second.contains($0) })
    }

    @Test func theSeedDecides() throws {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", pairs((0..<50).map { ("p\($0)", "c") })))
        for (name, seed) in [("a", 1), ("b", 1), ("c", 2)] as [(String, UInt64)] {
            _ = try DatasetSplit(dataset, setApart: 10, seed: seed)
                .write(first: scratch.path("\(name)1.jsonl"), second: scratch.path("\(name)2.jsonl"))
        }
        #expect(try scratch.text("a2.jsonl") == scratch.text("b2.jsonl"))
        #expect(try scratch.text("a2.jsonl") != scratch.text("c2.jsonl"))
    }

    @Test func leavesARecordInEachFile() throws {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", pairs([("a", "b"), ("c", "d")])))
        for count in [0, 2, 3] {
            #expect(throws: DataError.impossibleSplit(file: dataset.path, count: 2, second: count)) {
                try DatasetSplit(dataset, setApart: count)
            }
        }
    }
}

struct ConversionTests {
    @Test func goesToConversationsAndBack() throws {
        let completion = Record.completion(prompt: "Why? ->", completion: " Because.\n")
        let chat = try Conversion(to: .chat, separator: " ->", ending: "\n", system: "Be brief.").record(completion)
        #expect(
            chat
                == .chat([
                    Message(role: "system", content: "Be brief."), Message(role: "user", content: "Why?"),
                    Message(role: "assistant", content: "Because."),
                ]))
        let plain = try Conversion(to: .chat, separator: " ->", ending: "\n").record(completion)
        #expect(try Conversion(to: .completion, separator: " ->", ending: "\n").record(plain) == completion)
    }

    @Test func saysWhatACompletionCannotHold() {
        let user = Message(role: "user", content: "q")
        let answer = Message(role: "assistant", content: "a")
        let conversion = Conversion(to: .completion)
        #expect(throws: ConversionProblem.severalTurns(4)) {
            try conversion.record(.chat([user, answer, user, answer]))
        }
        #expect(throws: ConversionProblem.noAnswer) { try conversion.record(.chat([user])) }
        #expect(throws: ConversionProblem.noQuestion) { try conversion.record(.chat([answer])) }
    }

    @Test func writesNothingWhenOneRecordCannotBeConverted() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", pairs([("a", "b")]) + "{\"prompt\": \"x\"}\n")
        #expect(throws: DataError.badRecord(file: path, line: 2, problem: .missing(field: "completion"))) {
            try Conversion(to: .chat).write(Dataset(opening: path), to: scratch.path("o.jsonl"))
        }
        #expect(scratch.names == ["d.jsonl"])
    }

    @Test func neverOverwrites() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", pairs([("a", "b")]))
        #expect(throws: DataError.nameTaken(file: path)) {
            try Conversion(to: .chat).write(Dataset(opening: path), to: path)
        }
        #expect(try scratch.text("d.jsonl") == pairs([("a", "b")]))
    }
}
