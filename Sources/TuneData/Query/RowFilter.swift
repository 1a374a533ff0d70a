/// Which rows a person wants to see: terms such as `kludge`, `len>2000` or `-tagged`, all of which must hold.
///
///     try RowFilter("\"foo bar\" role:tool -edited len:10..20")
public struct RowFilter: Hashable, Sendable {
    /// As it was typed.
    public let text: String
    let terms: [FilterTerm]

    /// Without terms: every row passes.
    public static let all = RowFilter()

    /// - Throws: `FilterProblem` at the first term that says nothing.
    public init(_ typed: String) throws(FilterProblem) {
        text = typed
        terms = try FilterParser.terms(of: typed)
    }

    private init() {
        text = ""
        terms = []
    }

    /// Whether every row passes.
    public var isEmpty: Bool { terms.isEmpty }

    /// What has to be known from outside the file so that the terms can be decided.
    public var needs: Set<QueryNeed> { Set(terms.compactMap(\.test.need)) }

    /// The patterns that texts are searched for, in order: what there is to highlight in a row that passed.
    public var highlights: [TextPattern] {
        terms.compactMap { term in
            guard !term.isNegated, case .text(let search, _) = term.test else { return nil }
            return search.pattern
        }
    }
}

/// One term of a filter.
struct FilterTerm: Hashable, Sendable {
    let test: FilterTest
    let isNegated: Bool
}

/// What a term asks of a row.
enum FilterTest: Hashable, Sendable {
    case text(TextSearch, in: TextPlace)
    /// A turn of the role is there.
    case role(String)
    case measure(RowMeasure, MeasureRange)
    /// Rows of a finding; nil stands for any.
    case finding(String?)
    case edited
    case broken
    /// Rows with a tag; nil stands for any.
    case tag(String?)
    case language(TextLanguage)

    /// How dear the test is: cheap ones are made first.
    var cost: Int {
        switch self {
        case .measure(let measure, _): measure.cost
        case .finding, .edited, .tag: 0
        case .broken, .role: 2
        case .text(let search, _): search.pattern.isRegex ? 5 : 3
        case .language: 4
        }
    }

    var need: QueryNeed? {
        switch self {
        case .measure(.loss, _): .losses
        case .measure(.tokens, _), .measure(.trained, _): .tokens
        case .finding: .findings
        case .edited: .edits
        case .tag: .tags
        case .text, .role, .measure, .broken, .language: nil
        }
    }
}

/// Where in a record a text is looked for.
enum TextPlace: Hashable, Sendable {
    case anywhere
    case prompt
    case completion
    case role(String)
}

/// A number that a row has.
enum RowMeasure: String, Hashable, Sendable {
    case row
    case length = "len"
    case tokens, trained, turns, loss

    var cost: Int {
        switch self {
        case .row, .loss: 0
        case .turns: 2
        case .length: 3
        case .tokens, .trained: 6
        }
    }
}

/// Numbers from one to another; either may be left out or be open.
struct MeasureRange: Hashable, Sendable {
    var low = -Double.infinity
    var high = Double.infinity
    var excludesLow = false
    var excludesHigh = false

    func contains(_ value: Double) -> Bool {
        (excludesLow ? value > low : value >= low) && (excludesHigh ? value < high : value <= high)
    }
}
