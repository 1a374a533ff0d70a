import Foundation

/// Numbers between bounds, as they are written in JSON.
enum NumberForm {
    /// Digits that an unbounded number has before and after its point, so that none is written without an end.
    private static let longest = 15
    /// Digits after the point of a number with bounds: few enough that none is rounded to a bound.
    private static let fraction = 6
    private static let digit = GrammarExpression.scalars(ScalarSet([0x30...0x39]))

    /// Whole numbers from `low` to `high`; nil for no bound.
    static func integers(_ low: Int?, _ high: Int?) -> GrammarExpression {
        let most = pow10(longest) - 1
        let (low, high) = (low ?? min(-most, high ?? 0), high ?? max(most, low ?? 0))
        guard low <= high else { return .nothing }
        var choices: [GrammarExpression] = []
        // Magnitudes as unsigned numbers, since the smallest number has no positive.
        if low < 0 {
            choices.append(.sequence([.text("-"), magnitudes((min(high, -1)).magnitude, low.magnitude)]))
        }
        if high >= 0 { choices.append(magnitudes(UInt(max(0, low)), UInt(high))) }
        return GrammarExpression.choice(choices).withoutNothing
    }

    /// Any number; a zero without a point has no exponent, which some readers do not take.
    static let numbers: GrammarExpression = {
        let point = GrammarExpression.sequence([.text("."), .repeated(digit, least: 1, most: longest)])
        let exponent = GrammarExpression.sequence([
            .scalars(ScalarSet("eE".unicodeScalars)), .optional(.scalars(ScalarSet("+-".unicodeScalars))),
            .repeated(digit, least: 1, most: 2),
        ])
        return .sequence([
            .optional(.text("-")),
            .choice([
                .sequence([.text("0"), .optional(.sequence([point, .optional(exponent)]))]),
                .sequence([magnitudes(1, UInt(pow10(longest) - 1)), .optional(point), .optional(exponent)]),
            ]),
        ])
    }()

    /// A bound of a number.
    struct Bound {
        let value: Double
        var isExclusive = false
    }

    /// Numbers without an exponent between bounds; nil for no bound. Nil where a bound has more digits than are
    /// followed.
    static func numbers(_ low: Bound?, _ high: Bound?) -> GrammarExpression? {
        // Numbers below 0 are magnitudes with the bounds turned around.
        var choices: [GrammarExpression] = []
        let isBelow = { (bound: Bound?) in bound.map { $0.value < 0 } ?? true }
        if isBelow(low) {
            let near = high.flatMap { $0.value < 0 || ($0.value == 0 && $0.isExclusive) ? negated($0) : nil }
            guard let part = nonNegative(near ?? Bound(value: 0), low.map(negated)) else { return nil }
            choices.append(.sequence([.text("-"), part]))
        }
        let reachesZero = high.map { $0.value > 0 || ($0.value == 0 && !$0.isExclusive) } ?? true
        if reachesZero {
            let near = low.flatMap { $0.value < 0 ? nil : $0 }
            guard let part = nonNegative(near ?? Bound(value: 0), high) else { return nil }
            choices.append(part)
        }
        return GrammarExpression.choice(choices).withoutNothing
    }

    // MARK: -

    private static func negated(_ bound: Bound) -> Bound {
        Bound(value: -bound.value, isExclusive: bound.isExclusive)
    }

    private static func pow10(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    /// Whole numbers from 0 on without a sign.
    private static func magnitudes(_ low: UInt, _ high: UInt) -> GrammarExpression {
        let (first, last) = (digits(low), digits(high))
        guard low <= high else { return .nothing }
        let choices = (first.count...last.count).map { length in
            sameLength(
                length == first.count ? first : [1] + Array(repeating: 0, count: length - 1),
                length == last.count ? last : Array(repeating: 9, count: length))
        }
        return .choice(choices)
    }

    private static func digits(_ number: UInt) -> [UInt8] { "\(number)".utf8.map { $0 - 0x30 } }

    /// All strings of as many digits from one to the other.
    private static func sameLength(_ low: [UInt8], _ high: [UInt8]) -> GrammarExpression {
        guard let first = low.first, let last = high.first else { return .empty }
        let count = low.count
        if low.allSatisfy({ $0 == 0 }), high.allSatisfy({ $0 == 9 }) {
            return .repeated(digit, least: count, most: count)
        }
        let (lowRest, highRest) = (Array(low.dropFirst()), Array(high.dropFirst()))
        if first == last { return .sequence([one(first, first), sameLength(lowRest, highRest)]) }
        var choices = [
            .sequence([one(first, first), sameLength(lowRest, Array(repeating: 9, count: count - 1))]),
            GrammarExpression.sequence([one(last, last), sameLength(Array(repeating: 0, count: count - 1), highRest)]),
        ]
        if first + 1 < last {
            choices.append(
                .sequence([one(first + 1, last - 1), .repeated(digit, least: count - 1, most: count - 1)]))
        }
        return .choice(choices)
    }

    private static func one(_ low: UInt8, _ high: UInt8) -> GrammarExpression {
        .scalars(ScalarSet([UInt32(low) + 0x30...UInt32(high) + 0x30]))
    }

    /// Numbers from 0 on. Where the part before the point is that of a bound, the part after it has a few more digits
    /// than the bound at most.
    private static func nonNegative(_ low: Bound, _ high: Bound?) -> GrammarExpression? {
        guard let near = Decimal(low), let far = high.map({ Decimal($0) }) ?? .some(nil) else { return nil }
        let fraction = GrammarExpression.optional(.sequence([.text("."), .repeated(digit, least: 1, most: fraction)]))
        let top = far?.whole ?? UInt(pow10(9))
        guard near.whole <= top else { return .nothing }
        var choices: [GrammarExpression] = []
        if near.whole + 1 < top { choices.append(.sequence([magnitudes(near.whole + 1, top - 1), fraction])) }
        if near.whole == top {
            choices.append(edge(near.whole, near, far))
        } else {
            choices.append(edge(near.whole, near, nil))
            if let far { choices.append(edge(far.whole, nil, far)) }
        }
        return GrammarExpression.choice(choices).withoutNothing
    }

    /// Numbers with this part before the point.
    private static func edge(_ whole: UInt, _ low: Decimal?, _ high: Decimal?) -> GrammarExpression {
        let isOpen = low?.isExclusive == true || high?.isExclusive == true
        let count = max(low?.digits.count ?? 0, high?.digits.count ?? 0) + (isOpen ? 3 : 0)
        let scale = pow10(count)
        var first = low.map { $0.scaled(count) + ($0.isExclusive ? 1 : 0) } ?? 0
        var last = high.map { $0.scaled(count) - ($0.isExclusive ? 1 : 0) } ?? scale - 1
        guard first <= last else { return .nothing }
        var choices: [GrammarExpression] = []
        // The number without a point.
        if first == 0, last >= 0 { choices.append(.empty) }
        func padded(_ value: Int, _ count: Int) -> [UInt8] {
            let text = digits(UInt(value))
            return Array(repeating: 0, count: count - text.count) + text
        }
        if count > 0 {
            for length in 1...count {
                let unit = pow10(count - length)
                let (low, high) = ((first + unit - 1) / unit, last / unit)
                if low <= high {
                    choices.append(.sequence([.text("."), sameLength(padded(low, length), padded(high, length))]))
                }
            }
            // With more digits behind: not after the highest, which they would exceed.
            if high != nil { last -= 1 }
            first = max(0, first)
            if first <= last {
                choices.append(
                    .sequence([
                        .text("."), sameLength(padded(first, count), padded(last, count)),
                        .repeated(digit, least: 1, most: 3),
                    ]))
            }
        } else if high == nil {
            choices.append(.sequence([.text("."), .repeated(digit, least: 1, most: fraction)]))
        } else {
            choices.append(.sequence([.text("."), .repeated(.text("0"), least: 1, most: 2)]))
        }
        return .sequence([.text("\(whole)"), GrammarExpression.choice(choices).withoutNothing])
    }

    /// A bound from 0 on, in digits.
    private struct Decimal {
        let whole: UInt
        let digits: [UInt8]
        let isExclusive: Bool

        /// Nil with more digits than are followed.
        init?(_ bound: Bound) {
            let text = "\(abs(bound.value))"
            let parts = text.split(separator: ".")
            guard parts.count == 2, let whole = UInt(parts[0]),
                parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                parts[0].count + parts[1].count <= 10
            else { return nil }
            self.whole = whole
            var digits = parts[1].utf8.map { $0 - 0x30 }
            while digits.last == 0 { digits.removeLast() }
            self.digits = digits
            isExclusive = bound.isExclusive
        }

        /// What is after the point, in units of 10^−count.
        func scaled(_ count: Int) -> Int {
            (digits + Array(repeating: 0, count: count - digits.count)).reduce(0) { $0 * 10 + Int($1) }
        }
    }
}
