import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Chat templates of the families' kinds, and the language they are written in, against transformers; see
/// `make_templates.py`.
struct TemplateLanguageTests {
    struct Known: Decodable, CustomTestStringConvertible {
        struct Result: Decodable {
            let messages: [Message]
            let text: String?
            let prompt: String?
            let learned: [String]?
            let refusal: String?
        }
        let name: String
        let source: String
        let specials: [String: String]
        let results: [Result]

        var testDescription: String { name }
    }

    struct Expression: Decodable, CustomTestStringConvertible {
        let source: String
        let text: String

        var testDescription: String { source }
    }

    private struct Cases: Decodable {
        let templates: [Known]
        let expressions: [Expression]
        let messages: [Message]
    }

    private static let cases = try! Fixture.json("templates.json", as: Cases.self)

    @Test(arguments: cases.templates) func aConversationIsWrittenAsTheReferenceDoes(_ known: Known) throws {
        let template = try ChatTemplate(source: known.source, specials: known.specials, path: "t")
        for result in known.results {
            if let refusal = result.refusal {
                #expect(throws: TrainerError.chatTemplateRefuses(path: "t", message: refusal)) {
                    try template.render(result.messages, promptsAnswer: false)
                }
            } else {
                #expect(try template.render(result.messages, promptsAnswer: false) == result.text)
                #expect(try template.render(result.messages, promptsAnswer: true) == result.prompt)
            }
        }
    }

    /// From the prompt for an answer to the token that ends it.
    @Test(arguments: cases.templates) func whatTheModelWritesIsLearned(_ known: Known) throws {
        let template = try ChatTemplate(source: known.source, specials: known.specials, path: "t")
        let tokenizer = try Self.tokenizer(with: known.specials)
        var seen = 0
        for result in known.results {
            guard let learned = result.learned else { continue }
            let (ids, isTrained) = try template.encode(result.messages, with: tokenizer)
            let bytes = zip(ids, isTrained).filter(\.1).flatMap { tokenizer.bytes(of: $0.0) }
            #expect(String(decoding: bytes, as: UTF8.self) == learned.joined(), "\(result.text ?? "")")
            seen += learned.count
        }
        #expect(seen >= 3)
    }

    @Test(arguments: cases.expressions) func theLanguageMeansWhatTheReferenceMeans(_ expression: Expression) throws {
        let template = try ChatTemplate(
            source: expression.source, specials: ["bos_token": "<s>", "eos_token": "</s>"], path: "t")
        #expect(try template.render(Self.cases.messages, promptsAnswer: false) == expression.text)
    }

    @Test(arguments: [
        "{{ x", "{% if x %}", "{% for x in y %}", "{{ 'a }}", "{% block a %}{% endblock %}", "{{ a b }}", "{# note",
        "{{ (1 }}", "{{ 1 | }}", "{% set = 1 %}", "{{ x.y }}", "{{ 1 + 'a' }}", "{{ 'a' | nothing }}",
        "{{ nothing() }}",
        "{{ 1 is nothing }}", "{{ 1 // 0 }}", "{% for x in 1 %}{% endfor %}", "{{ 'a' * 10000000 }}",
        "{{ range(1000000) }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{{ [1][::0] }}", "{{ 9223372036854775807 + 1 }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
    ])
    func whatMakesNoSenseIsATypedError(_ source: String) throws {
        let error = #expect(throws: TrainerError.self) {
            try ChatTemplate(source: source, path: "t").render([], promptsAnswer: false)
        }
        guard case .unknownChatTemplate(path: "t", construct: let construct) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!construct.isEmpty)
    }

    @Test func bracketsCannotExhaustTheStack() throws {
        for source in [
            "{{ " + String(repeating: "(", count: 100_000), "{{ " + String(repeating: "not ", count: 100_000),
            "{{ " + String(repeating: "-", count: 100_000), String(repeating: "{% if x %}", count: 100_000),
        ] {
            #expect(throws: TrainerError.self) { try ChatTemplate(source: source, path: "t") }
        }
    }

    // MARK: -

    /// A byte-level vocabulary with the template's special tokens, the last of which ends answers.
    private static func tokenizer(with specials: [String: String]) throws -> Tokenizer {
        var file = try #require(
            try JSONSerialization.jsonObject(with: Fixture.data("tokenizers/bytes.json")) as? [String: Any])
        var added = try #require(file["added_tokens"] as? [[String: Any]])
        let known = added.compactMap { $0["content"] as? String }
        for text in Set(specials.values).subtracting(known).sorted() {
            added.append(["id": 480 + added.count, "content": text, "special": true, "normalized": false])
        }
        file["added_tokens"] = added
        let folder = try TemporaryFolder()
        try JSONSerialization.data(withJSONObject: file).write(to: folder.url.appending(path: "tokenizer.json"))
        try JSONSerialization.data(withJSONObject: specials).write(
            to: folder.url.appending(path: "tokenizer_config.json"))
        return Tokenizer(
            try TokenizerParts(folder: folder.path, model: JSONSettings(path: "c", values: .object([:]))))
    }
}
