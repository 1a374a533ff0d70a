import Foundation
import Testing
import TuneTestSupport

/// `tunedeck eval` as a person and as a script use it.
@Suite(.serialized) struct EvaluationProgramTests {
    private static let films = (0..<12).map { index in
        #"{"prompt":"Film \#(index) ->","completion":" \#(index % 2 == 0 ? "good" : "bad")\n"}"# + "\n"
    }.joined()

    @Test func severalModelsStandSideBySide() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let other = try home.run("models", "add", TestHome.tinyModel, "--name", "other")
        #expect(other.status == 0)
        let file = try home.write(Self.films, to: "films.jsonl")
        let outcome = try home.run("eval", "-m", "tiny", "-m", "other", "-d", file, "-M", "4", "--worst", "2", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let object = try outcome.object()
        let models = try #require(object["models"] as? [[String: Any]])
        #expect(models.compactMap { $0["model"] as? String } == ["tiny", "other"])
        // The same weights give the same figures, and neither is the better one.
        #expect(models[0]["loss"] as? Double == models[1]["loss"] as? Double)
        let measures = try #require(models[0]["measures"] as? [String: [String: Any]])
        #expect(measures["loss"]?["standing"] as? String == "even")
        #expect(measures["exact_match"]?["value"] is Double && measures["macro_f1"] != nil)
        let classes = try #require(models[0]["classification"] as? [String: Any])
        #expect((classes["matrix"] as? [[Int]])?.joined().reduce(0, +) == 12)
        #expect((object["worst"] as? [[String: Any]])?.count == 2)
        #expect(object["complete"] as? Bool == true)
    }

    @Test func anEvaluationIsKeptAndToldAgain() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.films, to: "films.jsonl")
        let page = home.desk + "/report.html"
        let text = home.desk + "/report.md"
        let outcome = try home.run(
            "eval", "-m", "tiny", "-d", file, "--limit", "6", "-M", "4", "--report", page, "--report", text)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("exact match"))
        #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!doctype html>"))
        #expect(try String(contentsOfFile: text, encoding: .utf8).hasPrefix("# Evaluation of films.jsonl"))
        let list = try home.run("eval", "--list", "--json").list()
        let id = try #require(list.first?["id"] as? String)
        #expect(list.count == 1 && list[0]["records"] as? Int == 6)
        let again = try home.run("eval", "-i", id)
        #expect(again.status == 0 && again.output == outcome.output)
    }

    @Test func theLossAloneTakesNoAnswers() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.films, to: "films.jsonl")
        let object = try home.run("eval", "-m", "tiny", "-d", file, "--no-generate", "--json").object()
        #expect(object["answers"] as? Int == 0)
        #expect(
            (object["measures"] as? [String: Any])?.keys.sorted() == ["loss", "sequence_accuracy", "token_accuracy"])
    }

    @Test(arguments: [
        ["-m", "tiny"], ["-d", "FILE"], ["-m", "tiny", "-m", "tiny", "-d", "FILE"],
        ["-m", "tiny", "-d", "FILE", "--report", "report.pdf"],
        ["-m", "tiny", "-d", "FILE", "--judge", "tiny", "--no-generate"],
        ["-m", "tiny", "-d", "FILE", "--judge", "tiny", "--judge-by", "pick"],
        ["-m", "tiny", "-d", "FILE", "-M", "0"], ["-i", "eval-nothing"], ["-i", "../workspace"],
    ])
    func whatCannotBeMeantIsToldBeforeTheWork(_ arguments: [String]) throws {
        let home = try TestHome()
        defer { home.close() }
        let file = try home.write(Self.films, to: "films.jsonl")
        let outcome = try home.run(["eval"] + arguments.map { $0 == "FILE" ? file : $0 })
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
    }
}
