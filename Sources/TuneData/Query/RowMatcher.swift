import TuneModel

/// Decides for row after row whether a filter lets it pass. One thread uses it.
struct RowMatcher {
    private let facts: QueryFacts
    /// Decided by the number of the row alone.
    private let outer: [FilterTerm]
    /// Decided by its line, the cheap ones first.
    private let inner: [FilterTerm]

    init(_ filter: RowFilter, facts: QueryFacts) {
        self.facts = facts
        outer = filter.terms.filter { $0.test.cost == 0 }
        inner = filter.terms.filter { $0.test.cost > 0 }.enumerated()
            .sorted { ($0.element.test.cost, $0.offset) < ($1.element.test.cost, $1.offset) }.map(\.element)
    }

    /// Whether lines have to be read at all.
    var readsLines: Bool { !inner.isEmpty }

    /// Whether a row may pass for all that is known without its line.
    func mayPass(_ row: Int) -> Bool {
        outer.allSatisfy { holds($0.test, row) != $0.isNegated }
    }

    /// Whether the row that is looked at passes the rest.
    func passes(_ sight: RowSight) -> Bool {
        inner.allSatisfy { holds($0.test, sight) != $0.isNegated }
    }

    // MARK: -

    private func holds(_ test: FilterTest, _ row: Int) -> Bool {
        switch test {
        case .measure(.row, let range): range.contains(Double(row + 1))
        case .measure(.loss, let range): facts.loss(of: row).map { range.contains(Double($0)) } ?? false
        case .finding(let id?): facts.findings?[id]?.contains(row) ?? false
        case .finding(nil): facts.findings?.values.contains { $0.contains(row) } ?? false
        case .edited: facts.isEdited?(row) ?? false
        case .tag(let tag?): facts.tags?(row).contains { $0.caseInsensitiveEquals(tag) } ?? false
        case .tag(nil): facts.tags?(row).isEmpty == false
        case .text, .role, .measure, .broken, .language: preconditionFailure("is decided by the line")
        }
    }

    private func holds(_ test: FilterTest, _ sight: RowSight) -> Bool {
        switch test {
        case .text(let search, let place): sight.holds(search, in: place)
        case .role(let name): sight.texts.parts.contains { $0.role == RowTexts.Role(name) }
        case .broken: !sight.texts.isRecord
        case .language(let language): sight.script() == language
        case .measure(let measure, let range): value(measure, sight).map { range.contains(Double($0)) } ?? false
        case .finding, .edited, .tag: preconditionFailure("is decided by the row's number")
        }
    }

    private func value(_ measure: RowMeasure, _ sight: RowSight) -> Int? {
        switch measure {
        case .length: sight.length()
        case .turns: sight.turns
        case .tokens: sight.tokenCount()?.all
        case .trained: sight.tokenCount()?.trained
        case .row, .loss: preconditionFailure("is decided by the row's number")
        }
    }
}

extension QueryFacts {
    /// The loss of a row; nil where none is known.
    func loss(of row: Int) -> Float? {
        guard let losses, row < losses.count, !losses[row].isNaN else { return nil }
        return losses[row]
    }
}

extension String {
    fileprivate func caseInsensitiveEquals(_ other: String) -> Bool { lowercased() == other.lowercased() }
}
