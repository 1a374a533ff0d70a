import Foundation
import TuneModel

/// The grammar of the JSON that fits a JSON schema.
///
/// Whatever the grammar makes is valid; not all that is valid can be made. Properties come in the schema's order, and
/// others only where `additionalProperties` says so itself; a keyword without `type` means its own kind of value; a
/// list has all of its `prefixItems`. White space is what models like to write, and bounded. A keyword that cannot be
/// held to is an error that names it.
struct JSONSchemaGrammar {
    let root: SchemaValue
    private var grammar = Grammar()
    /// Rules of places that are referred to.
    private var places: [String: Int] = [:]
    /// Places whose rules are still to be made.
    private var open: [(schema: SchemaValue, place: String, rule: Int)] = []
    /// Comparisons of choices so far.
    var comparisons = 0
    /// Rules that every schema may use.
    private var shared: [String: Int] = [:]

    /// `schema` nil for any object.
    static func machine(_ schema: String?) throws(FormFault) -> GrammarMachine {
        let root = try schema.map { text throws(FormFault) in try SchemaValue(text) }
        var maker = JSONSchemaGrammar(root: root ?? .object([.init(key: "type", value: .text("object"))]))
        let grammar = try maker.make()
        do {
            return try GrammarMachine(grammar)
        } catch {
            switch error {
            case .tooLarge: throw .tooLarge
            case .leftRecursion(let rule): throw .circular(at: grammar.rules[rule].name)
            case .endless(let rule): throw .impossible(at: grammar.rules[rule].name)
            }
        }
    }

    private init(root: SchemaValue) { self.root = root }

    private mutating func make() throws(FormFault) -> Grammar {
        _ = rule(of: root, at: "#")
        while let (schema, place, rule) = open.popLast() {
            grammar.rules[rule].body = try expression(of: schema, at: place).withoutNothing
        }
        return grammar
    }

    // MARK: - Rules

    /// The rule of a place that is referred to.
    mutating func rule(of schema: SchemaValue, at place: String) -> GrammarExpression {
        if let known = places[place] { return .rule(known) }
        let number = add(place, .empty)
        places[place] = number
        open.append((schema, place, number))
        return .rule(number)
    }

    mutating func add(_ name: String, _ body: GrammarExpression) -> Int {
        grammar.rules.append(Grammar.Rule(name: name, body: body))
        return grammar.rules.count - 1
    }

    mutating func set(_ rule: Int, _ body: GrammarExpression) { grammar.rules[rule].body = body.withoutNothing }

    /// A rule that is made once; `body` may use it.
    mutating func shared(
        _ name: String, _ body: (inout JSONSchemaGrammar) -> GrammarExpression
    ) -> GrammarExpression {
        if let known = shared[name] { return .rule(known) }
        let number = add(name, .empty)
        shared[name] = number
        set(number, body(&self))
        return .rule(number)
    }

    // MARK: - Schemas

    private static let annotations: Set<String> = [
        "title", "description", "default", "examples", "$schema", "$id", "$comment", "$defs", "definitions",
        "deprecated", "readOnly", "writeOnly",
    ]
    private static let typed: [JSONType: Set<String>] = [
        .object: ["properties", "required", "additionalProperties"],
        .array: ["items", "prefixItems", "minItems", "maxItems"],
        .string: ["minLength", "maxLength", "pattern", "format"],
        .number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
    ]
    private static let known = typed.values.reduce(
        into: Set(["type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref"])
    ) {
        $0.formUnion($1)
    }

    private mutating func expression(of schema: SchemaValue, at place: String) throws(FormFault) -> GrammarExpression {
        switch schema {
        case .bool(true): return anyValue()
        case .bool(false): return .nothing
        case .object(let pairs): return try expression(of: schema, pairs, at: place)
        default: throw .keywordValue(String(place.split(separator: "/").last ?? "#"), at: place)
        }
    }

    /// Where a schema within another stands, which gets a rule of its own.
    mutating func part(_ schema: SchemaValue, at place: String) -> GrammarExpression { rule(of: schema, at: place) }

    private mutating func expression(
        of schema: SchemaValue, _ pairs: [SchemaValue.Pair], at place: String
    ) throws(FormFault) -> GrammarExpression {
        // What a keyword says that says nothing.
        let idle: Set<SchemaValue.Pair> = [
            .init(key: "uniqueItems", value: .bool(false)), .init(key: "minProperties", value: .integer(0)),
            .init(key: "multipleOf", value: .integer(1)),
        ]
        let keys = pairs.filter { !idle.contains($0) }.map(\.key)
            .filter { !Self.annotations.contains($0) && !$0.hasPrefix("x-") }
        if let key = keys.first(where: { !Self.known.contains($0) }) { throw .keyword(key, at: place) }
        if pairs.contains(.init(key: "multipleOf", value: .integer(1))), schema["type"] != .text("integer") {
            throw .keyword("multipleOf", at: place)
        }
        /// Refuses what stands beside a keyword that speaks for the whole.
        func alone(_ key: String, or others: Set<String> = []) throws(FormFault) {
            if let other = keys.first(where: { $0 != key && !others.contains($0) }) { throw .keyword(other, at: place) }
        }
        if let reference = schema["$ref"] {
            try alone("$ref")
            guard let text = reference.string else { throw .keywordValue("$ref", at: place) }
            guard let target = root.resolve(text) else { throw .reference(text, at: place) }
            return rule(of: target.schema, at: target.place)
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            guard let value = schema[key] else { continue }
            try alone(key)
            guard let choices = value.elements, !choices.isEmpty else { throw .keywordValue(key, at: place) }
            if key == "allOf", choices.count > 1 { throw .keyword(key, at: place) }
            if key == "oneOf" { try checkApart(choices, at: place) }
            return .choice(
                choices.enumerated().map { index, choice in part(choice, at: "\(place)/\(key)/\(index)") })
        }
        let types = try types(of: schema, keys, at: place)
        if schema["enum"] != nil || schema["const"] != nil {
            try alone(schema["enum"] != nil ? "enum" : "const", or: ["type"])
            guard let values = schema.values else { throw .keywordValue("enum", at: place) }
            let fitting = values.filter { value in
                types.contains { $0 == value.type || $0 == .number && value.type == .integer }
            }
            return .choice(fitting.map { .text($0.json) })
        }
        return .choice(
            try types.map { type throws(FormFault) in try expression(of: type, schema, at: place) })
    }

    /// The kinds of value that are meant.
    private func types(of schema: SchemaValue, _ keys: [String], at place: String) throws(FormFault) -> [JSONType] {
        if let type = schema["type"] {
            guard let names = type.string.map({ [SchemaValue.text($0)] }) ?? type.elements, !names.isEmpty else {
                throw .keywordValue("type", at: place)
            }
            var types: [JSONType] = []
            for name in names {
                guard let type = name.string.flatMap(JSONType.init) else { throw .keywordValue("type", at: place) }
                if !types.contains(type) { types.append(type) }
            }
            return types.contains(.number) ? types.filter { $0 != .integer } : types
        }
        let meant = JSONType.allCases.filter { !Self.typed[$0, default: []].isDisjoint(with: keys) }
        return meant.isEmpty ? JSONType.allCases.filter { $0 != .integer } : meant
    }

    private mutating func expression(
        of type: JSONType, _ schema: SchemaValue, at place: String
    ) throws(FormFault) -> GrammarExpression {
        switch type {
        case .null: .text("null")
        case .boolean: .choice([.text("true"), .text("false")])
        case .integer, .number: try number(type, schema, at: place)
        case .string: try string(schema, at: place)
        case .array: try array(schema, at: place)
        case .object: try object(schema, at: place)
        }
    }
}
