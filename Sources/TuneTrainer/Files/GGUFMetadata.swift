/// A GGUF file's settings, by key. A missing key and a value of another type are errors that name the key.
public struct GGUFMetadata: Sendable {
    let path: String
    private let values: [String: GGUFValue]

    init(path: String, values: [String: GGUFValue]) {
        self.path = path
        self.values = values
    }

    public var keys: some Collection<String> & Sendable { values.keys }

    public subscript(key: String) -> GGUFValue? { values[key] }

    public func integer(_ key: String) throws(TrainerError) -> Int {
        guard case .integer(let value) = try value(key) else { throw wrong(key, expected: "integer") }
        return Int(value)
    }

    public func integer(_ key: String, or fallback: Int) throws(TrainerError) -> Int {
        values[key] == nil ? fallback : try integer(key)
    }

    /// A number of any type, whole or not.
    public func number(_ key: String) throws(TrainerError) -> Double {
        switch try value(key) {
        case .number(let value): return value
        case .integer(let value): return Double(value)
        case .unsigned(let value): return Double(value)
        case .bool, .string, .array: throw wrong(key, expected: "number")
        }
    }

    public func number(_ key: String, or fallback: Double) throws(TrainerError) -> Double {
        values[key] == nil ? fallback : try number(key)
    }

    public func bool(_ key: String, or fallback: Bool) throws(TrainerError) -> Bool {
        switch values[key] {
        case nil: return fallback
        case .bool(let value): return value
        default: throw wrong(key, expected: "bool")
        }
    }

    public func string(_ key: String) throws(TrainerError) -> String {
        guard case .string(let value) = try value(key) else { throw wrong(key, expected: "string") }
        return value
    }

    /// Nil when the key is missing.
    public func stringIfPresent(_ key: String) throws(TrainerError) -> String? {
        values[key] == nil ? nil : try string(key)
    }

    public func array(_ key: String) throws(TrainerError) -> GGUFArray {
        guard case .array(let value) = try value(key) else { throw wrong(key, expected: "array") }
        return value
    }

    private func value(_ key: String) throws(TrainerError) -> GGUFValue {
        guard let value = values[key] else { throw .missingMetadata(path: path, key: key) }
        return value
    }

    private func wrong(_ key: String, expected: String) -> TrainerError {
        .wrongMetadata(path: path, key: key, expected: expected, found: values[key]?.kind ?? "nothing")
    }
}
