import TuneModel

/// What training costs, in words: as estimated, and as it was.
struct CostWords {
    let text: String

    init(_ cost: JobCost, _ look: Look) {
        var parts: [String] = []
        if let tokens = cost.actualTokens {
            let count = Figures.count(tokens)
            let learned = look.say("\(count) tokens trained", "已训练 \(count) 个词元")
            parts.append(cost.actualDollars.map { Figures.dollars($0) + " · " + learned } ?? learned)
        }
        if let estimated = cost.estimated {
            // A count by the model's own tokenizer is none the less a guess of what will be charged.
            let count = (estimated.isExact ? "" : "≈ ") + Figures.short(estimated.tokens)
            let tokens = look.say("\(count) tokens", "\(count) 个词元")
            let dollars = cost.estimatedDollars.map { "≈ " + Figures.dollars($0) + " · " } ?? ""
            parts.append(
                cost.actualTokens == nil
                    ? dollars + tokens : look.say("estimated \(dollars)\(tokens)", "预估 \(dollars)\(tokens)"))
        }
        if cost.price.training == nil { parts.append(look.say("price not known", "价格未知")) }
        text = parts.joined(separator: " · ")
    }
}

extension Figures {
    /// `$1.23`; what is less than a cent says so.
    static func dollars(_ value: Double) -> String {
        guard value.isFinite, value >= 0 else { return "–" }
        if value > 0, value < 0.01 { return "< $0.01" }
        let cents = Int((value * 100).rounded())
        let rest = cents % 100
        return "$" + count(cents / 100) + (rest < 10 ? ".0\(rest)" : ".\(rest)")
    }
}
