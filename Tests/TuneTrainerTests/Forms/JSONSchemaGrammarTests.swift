import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct JSONSchemaGrammarTests {
    private static let person = """
        {"type": "object", "title": "A person", "properties": {
          "name": {"type": "string", "minLength": 1, "maxLength": 12},
          "age": {"type": "integer", "minimum": 0, "maximum": 130},
          "tags": {"type": "array", "items": {"enum": ["a", "b", "月"]}, "maxItems": 3},
          "home": {"$ref": "#/$defs/place"}},
         "required": ["name", "home"], "additionalProperties": false,
         "$defs": {"place": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}
        """
    private static let tree = """
        {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties": {
          "value": {"type": ["number", "null"]}, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
          "required": ["value"]}}}
        """
    private static let shapes = """
        {"type": "array", "minItems": 1, "maxItems": 4, "items": {"oneOf": [
          {"type": "object", "properties": {"kind": {"const": "circle"}, "r": {"type": "number", "exclusiveMinimum": 0}},
           "required": ["kind", "r"]},
          {"type": "object", "properties": {"kind": {"const": "box"}, "sides": {"type": "array", "prefixItems": [
             {"type": "integer", "minimum": 1, "maximum": 99}, {"type": "integer"}], "items": false}},
           "required": ["kind", "sides"]},
          {"type": "null"}]}}
        """
    private static let schemas: [String] = [
        person, tree, shapes, "{}", "true", #"{"type": "object"}"#, #"{"type": "boolean"}"#,
        #"{"const": {"a": [1, "é"]}}"#,
        #"{"enum": [1, "1", null, true, [], {"a": -0.5}]}"#, #"{"type": "integer", "enum": [1, 2.5, "x", 3]}"#,
        #"{"type": ["string", "integer"], "minimum": 3, "maxLength": 4}"#,
        #"{"properties": {"a": {"type": "null"}, "b": true, "c": {"type": "integer"}}, "additionalProperties": {"type": "boolean"}, "required": ["b", "z"]}"#,
        #"{"type": "object", "properties": {"ab": {"type": "null"}, "a\"": {"type": "null"}, "月": {"type": "null"}}, "additionalProperties": {"type": "integer"}}"#,
        #"{"type": "object", "additionalProperties": {"type": "string", "maxLength": 2}}"#,
        #"{"type": "array", "items": {"type": "number", "minimum": -1.5, "exclusiveMaximum": 2.5}, "minItems": 2}"#,
        #"{"type": "array", "prefixItems": [{"type": "string"}, {"type": "boolean"}], "items": {"type": "null"}, "maxItems": 5, "minItems": 3}"#,
        #"{"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3,5}(\"|\\\\|月)?$"}"#,
        #"{"type": "string", "pattern": "[0-9]+"}"#, #"{"type": "string", "format": "date-time"}"#,
        #"{"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}, "n": {"type": "integer", "multipleOf": 1}}, "required": ["id"]}"#,
        ##"{"anyOf": [{"type": "string", "maxLength": 3}, {"type": "array", "items": {"$ref": "#"}, "maxItems": 2}]}"##,
        ##"{"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}}, "required": ["next"]}"##,
        #"{"allOf": [{"type": "integer", "minimum": -20, "maximum": 7}]}"#,
        #"{"type": "object", "properties": {"a": false, "b": {"type": "null"}}, "additionalProperties": true}"#,
    ]

    @Test(arguments: schemas) func whatIsWrittenFits(_ schema: String) throws {
        let form = AnswerForm.schema(schema)
        let checker = try SchemaChecker(schema)
        var source = SplitMix64(seed: 3)
        var texts: Set<String> = []
        for _ in 0..<300 {
            guard let text = try form.text(&source) else { continue }
            texts.insert(text)
            #expect(checker.objection(to: text) == nil, "\(text)")
        }
        #expect(!texts.isEmpty)
    }

    private static let examples: [(schema: String, takes: [String], refuses: [String])] = [
        (
            person,
            [
                #"{"name": "Ada", "home": {"city": "London"}}"#, #"{"name":"月👍","age":130,"home":{"city":""}}"#,
                "{\n  \"name\": \"A\",\n  \"tags\": [\"a\", \"月\"],\n  \"home\": {\n    \"city\": \"\\u00e9\"\n  }\n}",
            ],
            [
                "{}", #"{"home": {"city": "x"}}"#, #"{"name": "", "home": {"city": "x"}}"#,
                #"{"name": "A", "age": 131, "home": {"city": "x"}}"#, #"{"name": "A", "home": {"city": "x"}, "x": 1}"#,
                #"{"name": "A", "tags": ["c"], "home": {"city": "x"}}"#,
                #"{"name": "A", "tags": ["a", "a", "a", "a"], "home": {"city": "x"}}"#,
                #"{"name": "1234567890123", "home": {"city": "x"}}"#,
            ]
        ),
        (
            tree, [#"{"value": 1, "children": [{"value": null, "children": []}]}"#, #"{"value": -2.5e1}"#],
            [#"{"children": []}"#, #"{"value": 1, "children": [1]}"#]
        ),
        (
            shapes, [#"[{"kind": "circle", "r": 0.5}, null, {"kind": "box", "sides": [1, -5]}]"#],
            ["[]", #"[{"kind": "box", "r": 1}]"#, #"[{"kind": "box", "sides": [1]}]"#, "[null,null,null,null,null]"]
        ),
        ("{}", ["null", "[1, {\"a\": [true]}]", "\"x\"", "-0.5", "{}"], ["", "nul", "{\"a\"}", "[1,]"]),
        (#"{"type": "string"}"#, [#""a\n\"\\\/\u4e00""#], ["\"a\n\"", #""\ud83d\udc4d""#, #""\x""#, "\"a"]),
        (#"{"enum": ["a\"b", "é"]}"#, [#""a\"b""#, "\"é\""], ["\"a\"", "\"e\""]),
        (
            #"{"type": "object", "properties": {"a": {"type": "null"}}, "additionalProperties": {"type": "integer"}}"#,
            [#"{"a": null, "b": 1, "ab": 2}"#, #"{"": 1}"#, #"{"b": 1}"#, "{}"],
            [#"{"a": 1}"#, #"{"b": 1, "a": 1}"#, #"{"b": null}"#, #"{"\u0061": 1}"#]
        ),
    ]

    @Test(arguments: examples.indices) func aSchemaTakesWhatItSays(_ index: Int) throws {
        let (schema, takes, refuses) = Self.examples[index]
        for text in takes { #expect(try AnswerForm.schema(schema).takes(text), "\(text)") }
        for text in refuses { #expect(try !AnswerForm.schema(schema).takes(text), "\(text)") }
    }

    @Test func anyObjectIsAnObject() throws {
        for text in ["{}", #"{"a": {"b": [1, "x", null]}, "月": true}"#, "{\n\t\"a\": 1\n}"] {
            #expect(try AnswerForm.json.takes(text))
        }
        for text in ["[]", "1", "", "{\"a\": 1}x", " {}"] { #expect(try !AnswerForm.json.takes(text)) }
    }

    @Test(
        arguments: [
            ("{\"type\": \"string\"", FormFault.schemaSyntax(byteOffset: 17)),
            ("{\"type\": \"text\"}", .keywordValue("type", at: "#")),
            (#"{"type": "object", "patternProperties": {}}"#, .keyword("patternProperties", at: "#")),
            (#"{"properties": {"a": {"not": {}}}}"#, .keyword("not", at: "#/properties/a")),
            (#"{"type": "array", "uniqueItems": true}"#, .keyword("uniqueItems", at: "#")),
            (#"{"items": {"type": "number", "multipleOf": 0.5}}"#, .keyword("multipleOf", at: "#/items")),
            (#"{"type": "string", "format": "hostname"}"#, .keyword("format", at: "#")),
            (#"{"type": "string", "pattern": "a", "minLength": 2}"#, .keyword("pattern", at: "#")),
            (#"{"type": "string", "minLength": -1}"#, .keywordValue("minLength", at: "#")),
            (#"{"enum": []}"#, .keywordValue("enum", at: "#")),
            (#"{"enum": [1], "minimum": 0}"#, .keyword("minimum", at: "#")),
            (#"{"anyOf": [{}], "type": "object"}"#, .keyword("type", at: "#")),
            (#"{"allOf": [{}, {}]}"#, .keyword("allOf", at: "#")),
            (#"{"items": [{}]}"#, .keywordValue("items", at: "#")),
            (##"{"items": {"$ref": "#/$defs/none"}}"##, .reference("#/$defs/none", at: "#/items")),
            (#"{"$ref": "other.json"}"#, .reference("other.json", at: "#")),
            (##"{"$ref": "#"}"##, .circular(at: "#")),
            (##"{"anyOf": [{"$ref": "#"}, {"type": "null"}]}"##, .circular(at: "#")),
            ("false", .impossible(at: "#")),
            (#"{"type": "string", "minLength": 3, "maxLength": 2}"#, .impossible(at: "#")),
            (##"{"properties": {"a": {"$ref": "#"}}, "required": ["a"]}"##, .impossible(at: "#")),
            (#"{"oneOf": [{"type": "integer"}, {"type": "number"}]}"#, .overlap(0, 1, at: "#")),
            (
                #"{"oneOf": [{"type": "object", "properties": {"a": {"type": "null"}}}, {"type": "object"}]}"#,
                .overlap(0, 1, at: "#")
            ),
            (#"{"type": "string", "maxLength": 99999}"#, .tooLarge),
            (#"{"type": "array", "items": 3}"#, .keywordValue("items", at: "#/items")),
        ] as [(String, FormFault)])
    func whatCannotBeHeldToIsNamed(_ schema: String, _ fault: FormFault) {
        #expect(AnswerForm.schema(schema).fault == fault)
    }

    @Test func aSchemaOfAThousandReferencesIsRead() throws {
        let rules = (0..<1_000).map {
            "\"d\($0)\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/d\($0 + 1)\"}}"
        }
        let schema =
            "{\"$ref\": \"#/$defs/d0\", \"$defs\": {" + rules.joined(separator: ", ")
            + ", \"d1000\": {\"type\": \"null\"}}}"
        #expect(try AnswerForm.schema(schema).takes("[[[]]]"))
        let deep = String(repeating: "{\"items\": ", count: 5_000) + "true" + String(repeating: "}", count: 5_000)
        guard case .schemaSyntax = AnswerForm.schema(deep).fault else {
            Issue.record("\(String(describing: AnswerForm.schema(deep).fault))")
            return
        }
    }

    @Test func aSchemaThatAsksForTooMuchIsRefusedSoon() throws {
        let properties = (0..<12).map { "\"p\($0)\": {\"$ref\": \"#/$defs/a\"}" }.joined(separator: ", ")
        let required = (0..<12).map { "\"p\($0)\"" }.joined(separator: ", ")
        let node = "{\"type\": \"object\", \"properties\": {\(properties)}, \"required\": [\(required)]}"
        let key = String(repeating: "k", count: 100_000)
        for (schema, fault) in [
            ("{\"oneOf\": [{\"$ref\": \"#/$defs/a\"}, \(node)], \"$defs\": {\"a\": \(node)}}", .overlap(0, 1, at: "#")),
            ("{\"properties\": {\"\(key)\": true}, \"additionalProperties\": true}", .tooLarge),
            ("{\"enum\": [" + (0..<50_000).map { "\"v\($0)\"" }.joined(separator: ",") + "]}", .tooLarge),
        ] as [(String, FormFault)] {
            let (toll, found) = try Toll.of { AnswerForm.schema(schema).fault }
            #expect(try found.get() == fault)
            #expect(toll.megabytes < 256)
        }
    }
}
