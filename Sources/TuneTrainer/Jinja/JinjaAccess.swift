/// How parts of values are reached: attributes, items, slices.
enum JinjaAccess {
    /// `owner.name`: a method before a key, as in Python.
    static func attribute(_ name: String, of owner: JinjaValue) throws(JinjaFault) -> JinjaValue {
        if case .undefined = owner { throw .unknown("`.\(name)` of something undefined") }
        if let method = JinjaMethods.method(name, of: owner) { return .function(method) }
        switch owner {
        case .object(let object): return object[name]
        case .namespace(let namespace): return namespace.values[name]
        default: return .undefined
        }
    }

    /// `owner[key]`: a key before a method.
    static func item(_ key: JinjaValue, of owner: JinjaValue) throws(JinjaFault) -> JinjaValue {
        switch (owner, key) {
        case (.object(let object), .string(let name)) where object.values[name] != nil: return object[name]
        case (_, .string(let name)): return try attribute(name, of: owner)
        case (.undefined, _): throw .unknown("an item of something undefined")
        default: break
        }
        guard let index = key.asInteger, let elements = sequence(owner) else { return .undefined }
        let place = index < 0 ? elements.count + index : index
        return elements.indices.contains(place) ? elements[place] : .undefined
    }

    /// `owner[from:to:by]`, with Python's meaning of what is left out or negative.
    static func slice(of owner: JinjaValue, from: Int?, to: Int?, by: Int?) throws(JinjaFault) -> JinjaValue {
        guard let elements = sequence(owner) else { throw .unknown("a slice of a \(owner.kind)") }
        let step = by ?? 1
        guard step != 0 else { throw .unknown("a slice by 0") }
        let count = elements.count
        let (lowest, highest) = step > 0 ? (0, count) : (-1, count - 1)
        func clamp(_ bound: Int?, or fallback: Int) -> Int {
            guard let bound else { return fallback }
            return min(max(bound < 0 ? bound + count : bound, lowest), highest)
        }
        let start = clamp(from, or: step > 0 ? lowest : highest)
        let end = clamp(to, or: step > 0 ? highest : lowest)
        let parts = stride(from: start, to: end, by: step).map { elements[$0] }
        guard case .string = owner else { return .array(parts) }
        return .string(parts.map(\.written).joined())
    }

    private static func sequence(_ value: JinjaValue) -> [JinjaValue]? {
        switch value {
        case .array, .string: value.elements
        default: nil
        }
    }
}
