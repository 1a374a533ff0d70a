import TuneModel

extension JSONSchemaGrammar {
    /// What may stand between the signs of an object or a list: nothing, a space, or a line's end and its margin.
    mutating func space() -> GrammarExpression {
        shared("space") { _ in
            .choice([
                .empty, .text(" "),
                .sequence([
                    .text("\n"), .repeated(.scalars(ScalarSet(" \t".unicodeScalars)), least: 0, most: 20),
                ]),
            ])
        }
    }

    mutating func character() -> GrammarExpression { shared("character") { _ in JSONCharacters.any } }

    mutating func anyString() -> GrammarExpression {
        shared("string") { maker in
            .sequence([.text("\""), .repeated(maker.character(), least: 0, most: nil), .text("\"")])
        }
    }

    mutating func anyNumber() -> GrammarExpression { shared("number") { _ in NumberForm.numbers } }

    mutating func anyValue() -> GrammarExpression {
        shared("value") { maker in
            .choice([
                .text("null"), .text("true"), .text("false"), maker.anyNumber(), maker.anyString(),
                maker.shared("list") { maker in maker.list(of: maker.anyValue(), least: 0, most: nil) },
                maker.anyObject(),
            ])
        }
    }

    mutating func anyObject() -> GrammarExpression {
        shared("object") { maker in maker.map(maker.anyString(), maker.anyValue(), least: 0) }
    }

    /// A list of so many equal items.
    mutating func list(of item: GrammarExpression, least: Int, most: Int?) -> GrammarExpression {
        let (space, empty) = (space(), GrammarExpression.text("[]"))
        if let most, most < least { return .nothing }
        if most == 0 { return empty }
        let more = GrammarExpression.repeated(
            .sequence([.text(","), space, item]), least: max(0, least - 1), most: most.map { $0 - 1 })
        let filled = GrammarExpression.sequence([.text("["), space, item, more, space, .text("]")])
        return least == 0 ? .choice([empty, filled]) : filled
    }

    /// An object of any number of equal members.
    private mutating func map(_ key: GrammarExpression, _ value: GrammarExpression, least: Int) -> GrammarExpression {
        let space = space()
        let member = GrammarExpression.sequence([key, colon, value])
        return .choice([
            .text("{}"),
            .sequence([
                .text("{"), space, member,
                .repeated(.sequence([.text(","), space, member]), least: 0, most: nil), space, .text("}"),
            ]),
        ])
    }

    private var colon: GrammarExpression { .sequence([.text(":"), .optional(.text(" "))]) }

    // MARK: - Kinds

    func number(_ type: JSONType, _ schema: SchemaValue, at place: String) throws(FormFault) -> GrammarExpression {
        var bounds: [String: Double] = [:]
        for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            switch schema[key] {
            case nil: continue
            case .integer(let value): bounds[key] = Double(value)
            case .number(let value): bounds[key] = value
            default: throw .keywordValue(key, at: place)
            }
            guard abs(bounds[key]!) <= 1e15 else { throw .keyword(key, at: place) }
        }
        var low = bounds["minimum"].map { NumberForm.Bound(value: $0) }
        if let limit = bounds["exclusiveMinimum"], limit >= low?.value ?? limit {
            low = NumberForm.Bound(value: limit, isExclusive: true)
        }
        var high = bounds["maximum"].map { NumberForm.Bound(value: $0) }
        if let limit = bounds["exclusiveMaximum"], limit <= high?.value ?? limit {
            high = NumberForm.Bound(value: limit, isExclusive: true)
        }
        if type == .integer {
            let first = low.map { $0.isExclusive ? $0.value.rounded(.down) + 1 : $0.value.rounded(.up) }
            let last = high.map { $0.isExclusive ? $0.value.rounded(.up) - 1 : $0.value.rounded(.down) }
            return NumberForm.integers(first.map { Int($0) }, last.map { Int($0) })
        }
        if low == nil, high == nil { return NumberForm.numbers }
        if let low, let high, low.value > high.value { return .nothing }
        guard let numbers = NumberForm.numbers(low, high) else {
            throw .keyword(low.map { $0.isExclusive ? "exclusiveMinimum" : "minimum" } ?? "maximum", at: place)
        }
        return numbers
    }

    mutating func string(_ schema: SchemaValue, at place: String) throws(FormFault) -> GrammarExpression {
        let (least, most) = (try size("minLength", of: schema, at: place), try size("maxLength", of: schema, at: place))
        var pattern: String?
        for key in ["pattern", "format"] where schema[key] != nil {
            guard let text = schema[key]?.string else { throw .keywordValue(key, at: place) }
            // Two demands on the same characters cannot be followed at once.
            if pattern != nil || least != nil || most != nil { throw .keyword(key, at: place) }
            guard let source = key == "pattern" ? text : StringFormats.patterns[text] else {
                throw .keyword(key, at: place)
            }
            pattern = source
        }
        if let pattern {
            do {
                return .sequence([.text("\""), try PatternParser.expression(pattern), .text("\"")])
            } catch {
                throw .keyword("pattern", at: place)
            }
        }
        if least == nil, most == nil { return anyString() }
        if let most, most < least ?? 0 { return .nothing }
        return .sequence([.text("\""), .repeated(character(), least: least ?? 0, most: most), .text("\"")])
    }

    mutating func array(_ schema: SchemaValue, at place: String) throws(FormFault) -> GrammarExpression {
        let least = try size("minItems", of: schema, at: place) ?? 0
        let most = try size("maxItems", of: schema, at: place)
        let items = schema["items"]
        if let items, items.elements != nil { throw .keywordValue("items", at: place) }
        guard let prefix = schema["prefixItems"] else {
            if items == .bool(false) { return least == 0 ? .text("[]") : .nothing }
            let item = items.map { part($0, at: "\(place)/items") } ?? anyValue()
            return list(of: item, least: least, most: most)
        }
        guard let first = prefix.elements, !first.isEmpty else { throw .keywordValue("prefixItems", at: place) }
        guard most ?? .max >= first.count else { throw .keyword("maxItems", at: place) }
        let space = space()
        var parts: [GrammarExpression] = [.text("["), space]
        for (index, item) in first.enumerated() {
            if index > 0 { parts += [.text(","), space] }
            parts.append(part(item, at: "\(place)/prefixItems/\(index)"))
        }
        let missing = max(0, least - first.count)
        if let items, items != .bool(false) {
            let more = GrammarExpression.sequence([.text(","), space, part(items, at: "\(place)/items")])
            parts.append(.repeated(more, least: missing, most: most.map { $0 - first.count }))
        } else if missing > 0 {
            return .nothing
        }
        return .sequence(parts + [space, .text("]")])
    }

    mutating func object(_ schema: SchemaValue, at place: String) throws(FormFault) -> GrammarExpression {
        guard let given = (schema["properties"] ?? .object([])).pairs else {
            throw .keywordValue("properties", at: place)
        }
        var members = given.map { (key: $0.key, schema: $0.value, place: "\(place)/properties/\($0.key)") }
        guard let names = (schema["required"] ?? .list([])).elements, names.allSatisfy({ $0.string != nil }) else {
            throw .keywordValue("required", at: place)
        }
        let required = Set(names.compactMap(\.string))
        let others = schema["additionalProperties"] ?? .bool(schema["properties"] == nil)
        for name in names.compactMap(\.string) where !members.contains(where: { $0.key == name }) {
            members.append((name, others, "\(place)/additionalProperties"))
        }
        if members.isEmpty, others == .bool(true) { return anyObject() }
        let keys = members.map(\.key)
        if members.contains(where: { $0.schema == .bool(false) && required.contains($0.key) }) { return .nothing }
        members.removeAll { $0.schema == .bool(false) }
        // What may follow after so many members, with and without a member before it.
        let space = space()
        var rest = (begun: GrammarExpression.sequence([space, .text("}")]), fresh: GrammarExpression.text("}"))
        if others != .bool(false) {
            // Each character of a key that others differ from is a step of its own.
            guard keys.allSatisfy({ $0.unicodeScalars.count <= 128 }) else { throw .tooLarge }
            let other = GrammarExpression.sequence([
                space, otherKey(than: keys), colon,
                part(others, at: "\(place)/additionalProperties"),
            ])
            let more = GrammarExpression.repeated(.sequence([.text(","), other]), least: 0, most: nil)
            rest = (
                .sequence([more, rest.begun]), .choice([rest.fresh, .sequence([other, more, rest.begun])])
            )
        }
        for member in members.reversed() {
            let body = GrammarExpression.sequence([
                space, .text(SchemaValue.text(member.key).json), colon, part(member.schema, at: member.place),
            ])
            let begun = GrammarExpression.rule(add(place, rest.begun.withoutNothing))
            let with = (
                begun: GrammarExpression.sequence([.text(","), body, begun]),
                fresh: GrammarExpression.sequence([body, begun])
            )
            if required.contains(member.key) {
                rest = with
            } else {
                let fresh = GrammarExpression.rule(add(place, rest.fresh.withoutNothing))
                rest = (.choice([with.begun, begun]), .choice([with.fresh, fresh]))
            }
        }
        return .sequence([.text("{"), rest.fresh])
    }

    /// A key, in its usual way of writing, that is none of these.
    private func otherKey(than keys: [String]) -> GrammarExpression {
        let any = GrammarExpression.repeated(JSONCharacters.one(of: .all), least: 0, most: nil)
        func other(than keys: [[Unicode.Scalar]]) -> GrammarExpression {
            let groups = Dictionary(grouping: keys.filter { !$0.isEmpty }, by: \.[0])
            var choices = groups.sorted { $0.key < $1.key }.map { first, keys in
                GrammarExpression.sequence([
                    JSONCharacters.one(of: ScalarSet([first])), other(than: keys.map { Array($0.dropFirst()) }),
                ])
            }
            choices.append(.sequence([JSONCharacters.one(of: ScalarSet(groups.keys).inverted), any]))
            // The end, unless it would be the end of one of them.
            if !keys.contains([]) { choices.append(.empty) }
            return .choice(choices)
        }
        return .sequence([.text("\""), other(than: keys.map { Array($0.unicodeScalars) }), .text("\"")])
    }

    private func size(_ key: String, of schema: SchemaValue, at place: String) throws(FormFault) -> Int? {
        guard let value = schema[key] else { return nil }
        guard let size = value.size else { throw .keywordValue(key, at: place) }
        // Too many to lay out one by one.
        guard size <= 10_000 else { throw .tooLarge }
        return size
    }
}
