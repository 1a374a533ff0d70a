/// How large the values of a template may become. A few lines of a template can ask for more than any memory holds: a
/// text doubled forty times, lists within lists, what is replaced by much.
enum JinjaLimits {
    /// Bytes of one text: more than any context takes.
    static let bytes = 1 << 22
    /// Values within a value, and how deep within each other.
    static let parts = 200_000
    static let deepest = 64

    static func check(bytes count: Int) throws(JinjaFault) {
        guard count <= bytes else { throw .unknown("a text of more than \(bytes) bytes") }
    }

    static func joined(_ texts: [String], by separator: String) throws(JinjaFault) -> String {
        // Both factors are limited: the texts are parts of a value, and the separator is one.
        try check(bytes: texts.reduce(texts.count * separator.utf8.count) { $0 + $1.utf8.count })
        return texts.joined(separator: separator)
    }

    /// The steps that a new value is worth: one for each part that is looked at, and for each 64 bytes of text.
    static func weight(of value: JinjaValue) throws(JinjaFault) -> Int {
        var weight = 0
        try add(value, depth: 0, to: &weight)
        return weight
    }

    private static func add(_ value: JinjaValue, depth: Int, to weight: inout Int) throws(JinjaFault) {
        guard depth <= deepest else { throw .unknown("more than \(deepest) lists within each other") }
        weight += 1
        guard weight <= parts else { throw .unknown("more than \(parts) values in one") }
        switch value {
        case .string(let text):
            try check(bytes: text.utf8.count)
            weight += text.utf8.count / 64
        case .array(let elements): for element in elements { try add(element, depth: depth + 1, to: &weight) }
        case .object(let object): try add(object, depth: depth + 1, to: &weight)
        case .namespace(let namespace): try add(namespace.values, depth: depth + 1, to: &weight)
        case .undefined, .none, .bool, .integer, .number, .function: break
        }
    }

    private static func add(_ object: JinjaObject, depth: Int, to weight: inout Int) throws(JinjaFault) {
        for key in object.keys { try add(object[key], depth: depth, to: &weight) }
    }
}
