extension JinjaValue {
    /// A JSON value as a template sees it.
    init(_ value: SchemaValue) {
        self =
            switch value {
            case .null: JinjaValue.none
            case .bool(let value): .bool(value)
            case .integer(let value): .integer(value)
            case .number(let value): .number(value)
            case .text(let text): .string(text)
            case .list(let values): .array(values.map(JinjaValue.init))
            case .object(let pairs): .object(JinjaObject(pairs.map { ($0.key, JinjaValue($0.value)) }))
            }
    }
}
