/// What may be written, as an expression of texts, characters and rules.
indirect enum GrammarExpression: Hashable, Sendable {
    case text([UInt8])
    /// One character.
    case scalars(ScalarSet)
    case sequence([GrammarExpression])
    /// Nothing fits a choice among none.
    case choice([GrammarExpression])
    /// `most` nil for any number.
    case repeated(GrammarExpression, least: Int, most: Int?)
    /// By number.
    case rule(Int)

    static let empty = GrammarExpression.sequence([])
    static let nothing = GrammarExpression.choice([])

    static func text(_ text: String) -> GrammarExpression { .text(Array(text.utf8)) }

    static func optional(_ expression: GrammarExpression) -> GrammarExpression {
        .repeated(expression, least: 0, most: 1)
    }

    /// The same without parts that nothing fits; `nothing` where that is all of it.
    var withoutNothing: GrammarExpression {
        switch self {
        case .text, .rule: return self
        case .scalars(let set): return set.isEmpty ? .nothing : self
        case .sequence(let parts):
            let parts = parts.map(\.withoutNothing)
            return parts.contains(.nothing) ? .nothing : .sequence(parts)
        case .choice(let parts):
            let parts = parts.map(\.withoutNothing).filter { $0 != .nothing }
            return parts.count == 1 ? parts[0] : .choice(parts)
        case .repeated(let part, let least, let most):
            let part = part.withoutNothing
            if part == .nothing { return least == 0 ? .empty : .nothing }
            return .repeated(part, least: least, most: most)
        }
    }
}

/// Rules that refer to each other; the first is that of the whole.
struct Grammar: Hashable, Sendable {
    struct Rule: Hashable, Sendable {
        /// As a person knows it: a name, or a place of a schema.
        var name: String
        /// Where it is written, from 1; 0 where that means nothing.
        var line = 0
        var body: GrammarExpression
    }

    var rules: [Rule] = []

    /// Why a grammar cannot be followed.
    enum Flaw: Error, Hashable {
        case leftRecursion(rule: Int)
        case endless(rule: Int)
        case tooLarge
    }

    /// Refuses rules that begin with themselves or can never end.
    func check() throws(Flaw) {
        let skippable = fixpoint { body, known in body.fits(orElse: false) { known[$0] } }
        // In the order of a walk; 1 for a rule that is being looked at, 2 for one that is done.
        var marks = [Int](repeating: 0, count: rules.count)
        let starts = rules.map { $0.body.starts(skippable) }
        for root in rules.indices where marks[root] == 0 {
            var path = [(rule: root, rest: starts[root][...])]
            marks[root] = 1
            while let top = path.last {
                guard let next = top.rest.first else {
                    marks[top.rule] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].rest.removeFirst()
                if marks[next] == 1 { throw .leftRecursion(rule: next) }
                guard marks[next] == 0 else { continue }
                marks[next] = 1
                path.append((next, starts[next][...]))
            }
        }
        let endable = fixpoint { body, known in body.fits(orElse: true) { known[$0] } }
        if let rule = endable.firstIndex(of: false) { throw .endless(rule: rule) }
    }

    /// What holds of rules by what holds of others, from nothing on.
    private func fixpoint(_ holds: (GrammarExpression, [Bool]) -> Bool) -> [Bool] {
        var known = [Bool](repeating: false, count: rules.count)
        var changed = true
        while changed {
            changed = false
            for (index, rule) in rules.enumerated() where !known[index] && holds(rule.body, known) {
                known[index] = true
                changed = true
            }
        }
        return known
    }
}

extension GrammarExpression {
    /// Whether the expression has a fitting text when rules have one by `rule`, and characters as `orElse` says: true
    /// asks for any text, false for the empty one.
    fileprivate func fits(orElse: Bool, _ rule: (Int) -> Bool) -> Bool {
        switch self {
        case .text(let bytes): orElse || bytes.isEmpty
        case .scalars(let set): orElse && !set.isEmpty
        case .sequence(let parts): parts.allSatisfy { $0.fits(orElse: orElse, rule) }
        case .choice(let parts): parts.contains { $0.fits(orElse: orElse, rule) }
        case .repeated(let part, let least, _): least == 0 || part.fits(orElse: orElse, rule)
        case .rule(let number): rule(number)
        }
    }

    /// Rules that the text may begin with.
    fileprivate func starts(_ skippable: [Bool]) -> [Int] {
        switch self {
        case .text, .scalars: return []
        case .rule(let number): return [number]
        case .choice(let parts): return parts.flatMap { $0.starts(skippable) }
        case .repeated(let part, _, _): return part.starts(skippable)
        case .sequence(let parts):
            var found: [Int] = []
            for part in parts {
                found += part.starts(skippable)
                guard part.fits(orElse: false, { skippable[$0] }) else { break }
            }
            return found
        }
    }
}
