/// A JSON value of an answer or a request; objects keep the order of their members, numbers their digits.
indirect enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case text(String)
    case list([JSON])
    case object([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: JSON
    }

    /// Members that are null are left out.
    static func object(_ members: [(String, JSON)]) -> JSON {
        .object(members.filter { $0.1 != .null }.map { Member(name: $0.0, value: $0.1) })
    }

    init(_ value: String?) { self = value.map(JSON.text) ?? .null }
    init(_ value: Int?) { self = value.map { .number("\($0)") } ?? .null }
    /// Numbers that JSON has no word for are null.
    init(_ value: Double?) { self = value.flatMap { $0.isFinite ? .number("\($0)") : nil } ?? .null }

    /// The last member of this name; null where there is none.
    subscript(name: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members.last { $0.name == name }?.value ?? .null
    }

    /// The element at a place; null where there is none.
    subscript(place: Int) -> JSON {
        guard case .list(let items) = self, items.indices.contains(place) else { return .null }
        return items[place]
    }

    /// Also of a number, since some services write ids as numbers.
    var text: String? {
        switch self {
        case .text(let text), .number(let text): text
        default: nil
        }
    }

    var list: [JSON]? { if case .list(let items) = self { items } else { nil } }
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
    var isObject: Bool { if case .object = self { true } else { false } }
    var isTrue: Bool { self == .bool(true) }

    /// Also of a text that is a number.
    var number: Double? { text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } }

    var integer: Int? { text.flatMap(Int.init) ?? number.flatMap { Int(exactly: $0.rounded()) } }

    /// A figure that a service may leave out, or mark as missing with a negative number.
    var figure: Double? { number.flatMap { $0 < 0 ? nil : $0 } }

    /// The value with every text, names of members too, changed.
    func mapTexts(_ change: (String) -> String) -> JSON {
        switch self {
        case .null, .bool, .number: self
        case .text(let text): .text(change(text))
        case .list(let items): .list(items.map { $0.mapTexts(change) })
        case .object(let members):
            .object(members.map { Member(name: change($0.name), value: $0.value.mapTexts(change)) })
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}
