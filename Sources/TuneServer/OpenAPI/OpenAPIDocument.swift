import HTTPTypes
import TuneModel

/// The server's addresses as an OpenAPI 3.1 document.
enum OpenAPIDocument {
    static func json(of entries: [RouteTable.Entry], hasKey: Bool) -> JSON {
        var paths: [(path: String, operations: [(String, JSON)])] = []
        for entry in entries {
            let operation = (entry.method.rawValue.lowercased(), json(of: entry))
            if let place = paths.firstIndex(where: { $0.path == entry.path }) {
                paths[place].operations.append(operation)
            } else {
                paths.append((entry.path, [operation]))
            }
        }
        return .object([
            ("openapi", "3.1.0"),
            ("info", .object([("title", "TuneDeck"), ("version", "1"), ("license", .object([("name", "MIT")]))])),
            ("paths", .object(paths.map { ($0.path, .object($0.operations)) })),
            (
                "components",
                .object([
                    ("schemas", schemas),
                    (
                        "securitySchemes",
                        .object([("key", .object([("type", "http"), ("scheme", "bearer")]))])
                    ),
                ])
            ),
            ("security", .list(hasKey ? [.object([("key", .list([]))])] : [])),
        ])
    }

    // MARK: - Private

    private static func json(of entry: RouteTable.Entry) -> JSON {
        let facts = entry.facts
        var pairs: [(String, JSON)] = [
            ("summary", .text(facts.summary)), ("operationId", .text(operationID(entry))),
            ("parameters", .list(pathParameters(entry.path) + facts.query.map(\.json))),
        ]
        if let body = facts.body {
            let kind = facts.isForm ? "multipart/form-data" : "application/json"
            pairs.append(
                ("requestBody", .object([("required", .bool(true)), ("content", content(kind, reference(body)))])))
        }
        let kinds = facts.answers.map { answer in
            (answer.kind, JSON.object([("schema", answer.schema.map(reference) ?? .object([]))]))
        }
        let answers: [(String, JSON)] = [("description", "Done."), ("content", .object(kinds))]
        pairs.append(
            (
                "responses",
                .object([
                    ("200", .object(answers)),
                    (
                        "default",
                        .object([
                            ("description", "What went wrong."),
                            ("content", content("application/json", reference("Error"))),
                        ])
                    ),
                ])
            ))
        if entry.path == "/health" { pairs.append(("security", .list([]))) }
        return .object(pairs)
    }

    private static func operationID(_ entry: RouteTable.Entry) -> String {
        let words = entry.path.split { !$0.isLetter }.dropFirst(entry.path.hasPrefix("/v1") ? 1 : 0)
        return ([entry.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    private static func pathParameters(_ path: String) -> [JSON] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            .object([
                ("name", .text(String(part.dropFirst().dropLast()))), ("in", "path"), ("required", .bool(true)),
                ("schema", .object([("type", "string"), ("minLength", .integer(1))])),
            ])
        }
    }

    private static func content(_ kind: String, _ schema: JSON) -> JSON {
        .object([(kind, .object([("schema", schema)]))])
    }

    private static func reference(_ name: String) -> JSON {
        .object([("$ref", .text("#/components/schemas/\(name)"))])
    }
}

/// What the document tells of an address besides its method and path.
struct RouteFacts: Sendable {
    struct Query: Sendable {
        let name: String
        let schema: [(String, JSON)]

        static func text(_ name: String) -> Query { Query(name: name, schema: [("type", "string")]) }

        static func choice(_ name: String, _ words: [String]) -> Query {
            Query(name: name, schema: [("type", "string"), ("enum", .list(words.map(JSON.text)))])
        }

        static func limit(_ most: Int) -> Query {
            Query(
                name: "limit",
                schema: [("type", "integer"), ("minimum", .integer(1)), ("maximum", .integer(most))])
        }

        var json: JSON {
            .object([("name", .text(name)), ("in", "query"), ("schema", .object(schema))])
        }
    }

    struct Answer: Sendable {
        let kind: String
        /// Nil where it can be anything.
        let schema: String?
    }

    let summary: String
    var query: [Query] = []
    /// The schema of the body.
    var body: String?
    var isForm = false
    let answers: [Answer]

    init(
        _ summary: String, query: [Query] = [], body: String? = nil, isForm: Bool = false, answer: String? = nil,
        or others: [Answer] = []
    ) {
        self.summary = summary
        self.query = query
        self.body = body
        self.isForm = isForm
        answers = (answer.map { [Answer(kind: "application/json", schema: $0)] } ?? []) + others
    }

    static let events = Answer(kind: "text/event-stream", schema: nil)
}
