import Foundation
import Testing
import TuneTestSupport

/// What can be asked of `tunedeck ask`, of a model that knows nothing but writes what it is held to.
struct AskProgramTests {
    @Test func answersComeInTheShapesOfTheProtocol() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()

        let echoed = try home.run(
            "ask", "-m", "tiny", "-p", "The fox 月", "-M", "6", "--echo", "--logprobs", "3", "--seed", "1", "--json")
        let choice = try #require(choices(of: echoed).first)
        let text = try #require(choice["text"] as? String)
        #expect(text.hasPrefix("The fox 月"))
        let chances = try #require(choice["logprobs"] as? [String: Any])
        let tokens = try #require(chances["tokens"] as? [String])
        let values = try #require(chances["token_logprobs"] as? [Any])
        let others = try #require(chances["top_logprobs"] as? [Any])
        let offsets = try #require(chances["text_offset"] as? [Int])
        #expect([values.count, others.count, offsets.count] == Array(repeating: tokens.count, count: 3))
        for value in values.dropFirst() { #expect(try #require(value as? Double) <= 0) }
        for other in others.dropFirst() { #expect(try #require(other as? [String: Any]).count == 3) }
        #expect(offsets.first == 0)
        #expect(offsets == offsets.sorted())
        #expect(tokens.contains { $0.hasPrefix("bytes:\\x") }, "月 is three tokens here")

        let chat = try home.run(
            "ask", "-m", "tiny", "-p", "Hi", "--system", "Be short.", "-M", "4", "--logprobs", "2", "--json", "-t", "0")
        let message = try #require(choices(of: chat).first)
        #expect((message["message"] as? [String: Any])?["role"] as? String == "assistant")
        let content = try #require((message["logprobs"] as? [String: Any])?["content"] as? [[String: Any]])
        for token in content {
            #expect(token["bytes"] is [Int])
            #expect(try #require(token["top_logprobs"] as? [Any]).count == 2)
            #expect(try #require(token["logprob"] as? Double) <= 0)
        }
    }

    @Test func severalAnswersHaveSeedsOfTheirOwn() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        func ask(_ count: String, _ seed: String) throws -> TestHome.Outcome {
            try home.run(
                "ask", "-m", "tiny", "-p", "The", "-M", "12", "-t", "1.5", "-n", count, "--seed", seed, "--json")
        }
        let three = try choices(of: ask("3", "5"))
        #expect(three.compactMap { $0["index"] as? Int } == [0, 1, 2])
        let texts = three.compactMap { $0["text"] as? String }
        #expect(Set(texts).count == 3)
        let second = try choices(of: ask("1", "6"))
        #expect(second.first?["text"] as? String == texts[1])
        let again = try choices(of: ask("3", "5"))
        #expect(again.compactMap { $0["text"] as? String } == texts)

        let lines = try home.run(
            "ask", "-m", "tiny", "-p", "The", "-M", "12", "-t", "1.5", "-n", "3", "--seed", "5", "--json", "--stream"
        ).output.split(separator: "\n")
        var streamed = ["", "", ""]
        for line in lines {
            let chunk = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            for choice in chunk["choices"] as? [[String: Any]] ?? [] {
                streamed[try #require(choice["index"] as? Int)] += try #require(choice["text"] as? String)
            }
        }
        #expect(streamed == texts)
    }

    @Test func anAnswerIsHeldToItsForm() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let schema = try home.write(
            """
            {"type": "object", "properties": {"ok": {"type": "boolean"}, "kind": {"enum": ["月", "fox"]}},
             "required": ["ok", "kind"], "additionalProperties": false}
            """, to: "schema.json")
        for seed in 1...3 {
            let answer = try home.run(
                "ask", "-m", "tiny", "-p", "x", "-M", "200", "--json-schema", schema, "--seed", "\(seed)", "--json")
            let choice = try #require(choices(of: answer).first)
            #expect(choice["finish_reason"] as? String == "stop")
            let text = try #require(choice["text"] as? String)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(object["ok"] is Bool)
            #expect(["月", "fox"].contains(try #require(object["kind"] as? String)))
        }
        let grammar = try home.write("root ::= \"yes\" | \"no\"\n", to: "yes.gbnf")
        let answer = try home.run("ask", "-m", "tiny", "-p", "x", "--grammar", grammar)
        #expect(["yes\n", "no\n"].contains(answer.output))

        let bad = try home.write("root ::= \"a\"\n  | other\n", to: "bad.gbnf")
        let refused = try home.run("ask", "-m", "tiny", "-p", "x", "--grammar", bad)
        #expect(refused.status == 2 && refused.output.isEmpty)
        #expect(refused.errors.contains("Line 2") && refused.errors.contains("`other`"))
        let missing = try home.run("ask", "-m", "tiny", "-p", "x", "--json-schema", "/nonexistent/schema.json")
        #expect(missing.status == 4 && missing.errors.contains("/nonexistent/schema.json"))
    }

    @Test(arguments: [
        (["--top-k", "-1"], "--top-k"), (["--min-p", "2"], "--min-p"),
        (["--frequency-penalty", "3"], "--frequency-penalty"),
        (["--logit-bias", "5"], "logit-bias"), (["--logit-bias", "5=101"], "--logit-bias"),
        (["--logprobs", "21"], "--logprobs"),
        (["-n", "0"], "-n"), (["--json-object", "--grammar", "f"], "--grammar"), (["-M", "0"], "--max-tokens"),
        (["--logit-bias", "320=1"], "--logit-bias"), (["--stop-token", "-5"], "--stop-token"),
    ])
    func aBadOptionIsNamed(_ options: [String], _ name: String) throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let refused = try home.run(["ask", "-m", "tiny", "-p", "x"] + options)
        #expect(refused.status == 2 && refused.output.isEmpty)
        #expect(refused.errors.contains(name), "\(refused.errors)")
    }

    private func choices(of output: TestHome.Outcome) throws -> [[String: Any]] {
        try #require(try output.object()["choices"] as? [[String: Any]], "\(output.errors)")
    }
}
