import Foundation
import Testing
import TuneTestSupport

/// The real program on files of records: what it prints, writes and ends with.
@Suite(.serialized) struct DataCommandsTests {
    private func lines(_ rows: [(String, String)]) -> String {
        rows.map { "{\"prompt\":\"\($0.0)\",\"completion\":\"\($0.1)\"}\n" }.joined()
    }

    private func written(_ home: TestHome, _ name: String) throws -> String {
        try String(contentsOfFile: home.desk + "/" + name, encoding: .utf8)
    }

    private static let text =
        "It is a truth universally acknowledged, that a single man in possession of a good fortune"

    // MARK: - prepare

    @Test func answersOfARecipeGiveTheSameBytes() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines([("a", "x"), ("b", "y"), ("a", "x"), ("c", Self.text)]), to: "d.jsonl")
        let first = try home.run("prepare", path, "-q", "--no", "add-ending,remove-duplicates", "--json")
        #expect(first.status == 0, "\(first.errors)")
        let again = try home.run("prepare", path, "--answers", home.desk + "/d_prepared.recipe.json", "--json")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try written(home, "d_prepared.jsonl") == written(home, "d_prepared (1).jsonl"))
        // What --json printed does it as well.
        let session = try home.write(first.output, to: "session.json")
        #expect(try home.run("prepare", path, "--answers", session).status == 0)
        #expect(try written(home, "d_prepared.jsonl") == written(home, "d_prepared (2).jsonl"))
    }

    @Test func whatWasPrintedIsGivenAgainOnTheSameGround() throws {
        let home = try TestHome()
        defer { home.close() }
        let rows = [("a", Self.text), ("b", "other"), ("a", Self.text + ", and more than that")]
        let path = try home.write(lines(rows), to: "d.jsonl")
        let options = ["--near", "0.7", "--yes", "remove-near-duplicates", "-q", "--json"]
        let first = try home.run(["prepare", path] + options)
        #expect(try first.object()["records"] as? Int == 2, "\(first.errors)")
        let session = try home.write(first.output, to: "session.json")
        #expect(try home.run("prepare", path, "--answers", session).status == 0)
        #expect(try written(home, "d_prepared.jsonl") == written(home, "d_prepared (1).jsonl"))
    }

    @Test func answersThatDoNotFitAreTold() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines([("a", "x"), ("b", "y")]), to: "d.jsonl")
        let answers = try home.write(
            #"{"answers":[{"id":"split","answer":"no"},{"id":"dance","answer":"yes"},{"id":"add-space","answer":"no"}]}"#,
            to: "a.json")
        let outcome = try home.run("prepare", path, "--answers", answers)
        #expect(outcome.status == 0, "\(outcome.errors)")
        for word in ["no question dance", "split is not asked", "add-separator has no recorded answer"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
        #expect(try written(home, "d_prepared.jsonl").hasPrefix(#"{"prompt":"a ->","completion":"x\n"}"#))
        #expect(try home.run("prepare", path, "--answers", path).status == 4)
        #expect(try home.run("prepare", path, "--yes", "dance").status == 2)
        let unasked = try home.run("prepare", path, "-q", "--no", "split")
        #expect(unasked.status == 0 && unasked.output.contains("split is not asked"))
    }

    @Test func questionsComeWithExamplesAsJSON() throws {
        let home = try TestHome()
        defer { home.close() }
        let chat = #"{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}"# + "\n"
        let outcome = try home.run("prepare", try home.write(chat, to: "c.jsonl"), "-q", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let questions = try #require(try outcome.object()["questions"] as? [[String: Any]])
        #expect(questions.map { $0["id"] as? String } == ["map-roles", "write"])
        let example = try #require((questions[0]["examples"] as? [[String: Any]])?.first)
        #expect(example["before"] as? String == "human: q\ngpt: a")
        #expect(example["after"] as? String == "user: q\nassistant: a")
        #expect(try outcome.object()["task"] as? String == "conversations")
    }

    @Test func theClassicEstimateIsToldWhenQuiet() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines([("a", "x"), ("b", "y")]), to: "d.jsonl")
        // 140 + 0.0515 · (132 + 16 · 2) seconds.
        #expect(try home.run("prepare", path, "-q").output.contains("2.47 minutes"))
    }

    // MARK: - data

    @Test func checkTellsLeaksByItsStatus() throws {
        let home = try TestHome()
        defer { home.close() }
        let train = try home.write(lines([("a", "x"), ("b", Self.text)]), to: "train.jsonl")
        let clean = try home.write(lines([("c", "z")]), to: "clean.jsonl")
        let leaky = try home.write(lines([("a", "x"), ("b", Self.text + "!")]), to: "leaky.jsonl")
        #expect(try home.run("data", "check", clean, "--against", train).status == 0)
        let outcome = try home.run("data", "check", leaky, "--against", train, "--json")
        #expect(outcome.status == 4)
        let findings = try #require(try outcome.object()["findings"] as? [[String: Any]])
        #expect(findings.map { $0["id"] as? String } == ["leaked-records", "leaked-near-duplicates"])
        let exact = try home.run("data", "check", leaky, "--against", train, "--near", "0", "--json")
        #expect(!exact.output.contains("leaked-near-duplicates"))
        #expect(try home.run("data", "check", clean, "--near", "3").status == 2)
    }

    @Test func checkNeverPrintsAWholeSecret() throws {
        let home = try TestHome()
        defer { home.close() }
        let key = "sk-" + "a8Kd03mfQ7Zx1pLw9Bt5Ry2Hc6Vn4Js0Eg8Tu3Qi7Wo1"
        let path = try home.write(lines([("my key", key), ("call", "13812345678")]), to: "d.jsonl")
        for arguments in [["data", "check", path], ["data", "check", path, "--json"]] {
            let outcome = try home.run(arguments)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("secrets") || outcome.output.contains("sk-a…"))
            #expect(!outcome.output.contains(key.dropFirst(6).prefix(20)))
            #expect(!outcome.output.contains("345678"))
        }
    }

    @Test func splitKeepsGroupsTogetherAndTellsLeaks() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines((0..<100).map { ("p\($0 / 2)", "answer \($0)") }), to: "d.jsonl")
        let loose = try home.run("data", "split", path, "--share", "0.2")
        #expect(loose.status == 0 && loose.output.contains("--by group"))
        let tight = try home.run("data", "split", path, "--count", "20", "--by", "group", "--json")
        #expect(tight.status == 0, "\(tight.errors)")
        #expect(try tight.object()["validation_records"] as? Int == 20)
        #expect((try tight.object()["leaks"] as? [Any])?.isEmpty == true)
        #expect(try home.run("data", "split", path, "--by", "luck").status == 2)
    }

    @Test func headTakesNumbersAndTerms() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines((1...20).map { ("p\($0)", $0 % 5 == 0 ? "five" : "other") }), to: "d.jsonl")
        #expect(try home.run("data", "head", path, "--rows", "3,5..6").output.contains("#3\n"))
        let picked = try home.run("data", "head", path, "--rows", "3,5..6")
        #expect(picked.output.split(separator: "\n").filter { $0.hasPrefix("#") } == ["#3", "#5", "#6"])
        let found = try home.run("data", "head", path, "--filter", "five", "-n", "2")
        #expect(found.output.split(separator: "\n").filter { $0.hasPrefix("#") } == ["#5", "#10"])
        #expect(found.errors.contains("4 records pass"))
        #expect(try home.run("data", "head", path, "--rows", "a..b").status == 2)
        #expect(try home.run("data", "head", path, "--rows", "21").status == 4)
        #expect(try home.run("data", "head", path, "--rows", "1", "--filter", "five").status == 2)
    }

    @Test func convertFindsTheMarks() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines([("Why? ->", " x END"), ("Who? ->", " y END")]), to: "d.jsonl")
        let outcome = try home.run("data", "convert", path, "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.object()["separator"] as? String == " ->")
        #expect(
            try written(home, "d_chat.jsonl").hasPrefix(
                #"{"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"x"#))
    }

    @Test func statsTellKindsAndLengths() throws {
        let home = try TestHome()
        defer { home.close() }
        let path = try home.write(lines([("a", "x"), ("b", "y"), ("a", "x")]), to: "d.jsonl")
        let outcome = try home.run("data", "stats", path, "--json")
        #expect(
            try outcome.has(["records", "distinct_prompts", "duplicates", "languages", "tokens", "prompt_characters"]))
        #expect(try outcome.object()["duplicates"] as? Int == 1)
        #expect(try home.run("data", "stats", path).output.contains("different prompts"))
    }
}
