/// A grammar as states with steps between them: for a byte, for nothing, or for a whole rule.
///
/// A rule is entered at its first state with the state to come back to on a stack, and left at a state that is an end.
struct GrammarMachine: Sendable {
    struct State: Sendable {
        var bytes: [(low: UInt8, high: UInt8, next: Int32)] = []
        var free: [Int32] = []
        var calls: [(rule: Int32, back: Int32)] = []
        var isEnd = false

        /// Whether nothing but the end of the rule is left.
        var isOnlyEnd: Bool { isEnd && bytes.isEmpty && free.isEmpty && calls.isEmpty }
    }

    private(set) var states: [State] = []
    /// Where each rule begins.
    private var starts: [Int32] = []
    /// Rules for sets of characters that take more than one byte.
    private var sets: [ScalarSet: Int32] = [:]

    private static let mostRules = 10_000
    private static let mostStates = 200_000

    /// The first state of the whole.
    var root: Int32 { starts[0] }

    /// The first state of a rule.
    func start(of rule: Int32) -> Int32 { starts[Int(rule)] }

    init(_ grammar: Grammar) throws(Grammar.Flaw) {
        guard grammar.rules.count <= Self.mostRules else { throw .tooLarge }
        try grammar.check()
        for _ in grammar.rules { starts.append(try add()) }
        for (index, rule) in grammar.rules.enumerated() {
            let end = try append(rule.body, to: starts[index])
            states[Int(end)].isEnd = true
        }
    }

    // MARK: -

    private mutating func add() throws(Grammar.Flaw) -> Int32 {
        guard states.count < Self.mostStates else { throw .tooLarge }
        states.append(State())
        return Int32(states.count - 1)
    }

    private mutating func link(_ from: Int32, _ to: Int32) { states[Int(from)].free.append(to) }

    /// Adds what the expression takes after a state; the state after it.
    private mutating func append(_ expression: GrammarExpression, to start: Int32) throws(Grammar.Flaw) -> Int32 {
        switch expression {
        case .text(let bytes):
            var state = start
            for byte in bytes {
                let next = try add()
                states[Int(state)].bytes.append((byte, byte, next))
                state = next
            }
            return state
        case .scalars(let set): return try append(set, to: start)
        case .sequence(let parts):
            var state = start
            for part in parts { state = try append(part, to: state) }
            return state
        case .choice(let parts):
            let end = try add()
            for part in parts {
                let first = try add()
                link(start, first)
                link(try append(part, to: first), end)
            }
            return end
        case .repeated(let part, let least, let most): return try append(part, least, most, to: start)
        case .rule(let number): return try call(Int32(number), from: start)
        }
    }

    private mutating func call(_ rule: Int32, from start: Int32) throws(Grammar.Flaw) -> Int32 {
        let back = try add()
        states[Int(start)].calls.append((rule, back))
        return back
    }

    private mutating func append(
        _ part: GrammarExpression, _ least: Int, _ most: Int?, to start: Int32
    ) throws(Grammar.Flaw) -> Int32 {
        var state = start
        for _ in 0..<least { state = try append(part, to: state) }
        let end = try add()
        guard let most else {
            let again = try add()
            link(state, again)
            link(try append(part, to: again), again)
            link(again, end)
            return end
        }
        for _ in least..<max(least, most) {
            link(state, end)
            // A state of its own, which no way out of the part leads back to.
            let first = try add()
            link(state, first)
            state = try append(part, to: first)
        }
        link(state, end)
        return end
    }

    private mutating func append(_ set: ScalarSet, to start: Int32) throws(Grammar.Flaw) -> Int32 {
        let ranges = set.byteRanges
        guard ranges.contains(where: { $0.count > 1 }) else {
            let end = try add()
            for range in ranges {
                states[Int(start)].bytes.append((range[0].lowerBound, range[0].upperBound, end))
            }
            return end
        }
        if let rule = sets[set] { return try call(rule, from: start) }
        let first = try add()
        let rule = Int32(starts.count)
        starts.append(first)
        sets[set] = rule
        let end = try add()
        states[Int(end)].isEnd = true
        for range in ranges {
            var state = first
            for (place, bytes) in range.enumerated() {
                let next = place == range.count - 1 ? end : try add()
                states[Int(state)].bytes.append((bytes.lowerBound, bytes.upperBound, next))
                state = next
            }
        }
        return try call(rule, from: start)
    }
}
