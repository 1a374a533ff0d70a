import Testing
import TuneModel

@testable import TuneTrainer

/// Templates that write functions and their calls, against transformers; see `make_tools.py`.
struct ToolTemplateTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let number: Int
        let source: String
        let row: SchemaValue
        var testDescription: String { "\(name) \(number)" }
    }

    private static let cases: [Case] = try! {
        let file = try SchemaValue(String(decoding: Fixture.data("tools.json"), as: UTF8.self))
        return (file.elements ?? []).flatMap { template in
            (template["cases"]?.elements ?? []).enumerated().map { number, row in
                Case(
                    name: template["name"]?.string ?? "", number: number, source: template["source"]?.string ?? "",
                    row: row)
            }
        }
    }()

    @Test(arguments: cases) func functionsAreWrittenAsTheReferenceDoes(_ known: Case) throws {
        let template = try ChatTemplate(
            source: known.source, specials: ["bos_token": "<s>", "eos_token": "</s>"], path: "t")
        var variables: [String: JinjaValue] = ["tools": JinjaValue.none, "documents": JinjaValue.none]
        for pair in known.row["variables"]?.pairs ?? [] { variables[pair.key] = JinjaValue(pair.value) }
        if let refusal = known.row["refusal"]?.string {
            #expect(throws: TrainerError.chatTemplateRefuses(path: "t", message: refusal)) {
                try template.render(variables)
            }
        } else {
            #expect(try template.render(variables) == known.row["text"]?.string)
        }
    }
}
