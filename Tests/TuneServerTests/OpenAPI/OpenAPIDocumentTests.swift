import HTTPTypes
import Testing
import TuneModel

@testable import TuneServer

struct OpenAPIDocumentTests {
    @Test func everyAddressIsInTheDocumentAndNoOther() async throws {
        let house = try await TestHouse()
        let document = try await house.get("/openapi.json").json
        #expect(document["openapi"] == "3.1.0")
        var told: Set<String> = []
        guard case .object(let paths) = document["paths"] else {
            Issue.record("no paths")
            return
        }
        for path in paths.pairs {
            guard case .object(let operations) = path.value else { continue }
            told.formUnion(operations.pairs.map { "\($0.key.uppercased()) \(path.key)" })
        }
        let table = RouteTable(
            House(jobs: house.jobs, files: house.files, models: house.models, options: ServerOptions()))
        #expect(told == Set(table.entries.map { "\($0.method.rawValue) \($0.path)" }))
    }

    @Test func everyReferenceLeadsSomewhere() async throws {
        let document = try await TestHouse().get("/openapi.json")
        let names = document.text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.output.1) }
        #expect(names.count > 30)
        for name in names { #expect(!document.json["components"]["schemas"][name].isNull, "\(name)") }
    }
}
