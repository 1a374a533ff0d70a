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

    /// The places in one of a record's texts that the filter looks for, in order, not overlapping. `role` is that of a
    /// turn.
    public func matches(in text: String, of side: RecordSide, role: String? = nil) -> [Range<String.Index>] {
        let found = terms.flatMap { term -> [Range<String.Index>] in
            guard !term.isNegated, case .text(let search, let place) = term.test, place.takesIn(side, role) else {
                return []
            }
            return search.pattern.ranges(in: text)
        }
        var ranges: [Range<String.Index>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, range.lowerBound < last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }
}

/// The two sides of a record: what is given, and what is to be learned (or, of a pair, its two answers).
public enum RecordSide: Hashable, Sendable { case prompt, answer }

/// One term of a filter.
struct FilterTerm: Hashable, Sendable {
    let test: FilterTest
    let isNegated: Bool
}

/// What a term asks of a row.
enum FilterTest: Hashable, Sendable {
    case text(TextSearch, in: SearchPlace)
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
enum SearchPlace: Hashable, Sendable {
    case anywhere
    case prompt
    case completion
    case role(String)

    func takesIn(_ side: RecordSide, _ role: String?) -> Bool {
        switch self {
        case .anywhere: true
        case .prompt: side == .prompt
        case .completion: side == .answer
        case .role(let name): role == name
        }
    }
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

extension RowFilter {
    /// The rows in which a pattern is.
    public init(matching pattern: TextPattern) {
        text = pattern.source
        terms = [FilterTerm(test: .text(TextSearch(pattern), in: .anywhere), isNegated: false)]
    }
}
