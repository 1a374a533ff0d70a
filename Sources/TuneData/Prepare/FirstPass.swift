/// What the first reading gathers, pair by pair. One thread uses it.
struct FirstPass {
    private let hasNoPrompts: Bool
    private let close: CloseSurvey
    private(set) var rows = 0
    private(set) var usable = 0
    private(set) var oversized = RowList()
    private(set) var noPrompt = RowList()
    private(set) var noCompletion = RowList()
    private(set) var emptyCompletion = RowList()
    private(set) var converted = RowList()
    private(set) var unclean = RowList()
    private(set) var duplicateRows = RowList()
    private(set) var longRows = RowList()
    private(set) var duplicates: RowSet
    private(set) var pairs: DigestSet
    private(set) var completions: DigestSet
    /// The completions by kind; nil once they are so many that it would take much memory, mostly in vain.
    private(set) var classes: ClassTable? = ClassTable()
    private static let mostClasses = 10_000
    private(set) var promptCase = LetterCase.Tally()
    private(set) var completionCase = LetterCase.Tally()
    private(set) var promptPrefix = CommonEdge(.start)
    private(set) var promptSuffix = CommonEdge(.end)
    private(set) var completionPrefix = CommonEdge(.start)
    private(set) var completionSuffix = CommonEdge(.end)
    private(set) var promptLength = Extent()
    private(set) var completionLength = Extent()
    private(set) var separators = MarkSearch(Surveyor.separators)
    private(set) var endings = MarkSearch(Surveyor.endings)
    private(set) var tallies = Array(repeating: Survey.Tally(), count: Survey.Signature.count)
    private var firstStart: UInt32?
    private var startsAlike = true
    private var hasNewline = false

    /// The smallest and the largest of some lengths, in bytes.
    struct Extent {
        private(set) var min = Int.max
        private(set) var max = 0

        var isOne: Bool { min == max }

        mutating func add(_ length: Int) {
            min = Swift.min(min, length)
            max = Swift.max(max, length)
        }
    }

    init(rows: Int, hasNoPrompts: Bool, close: CloseSurvey) {
        self.hasNoPrompts = hasNoPrompts
        self.close = close
        duplicates = RowSet(rows: rows)
        pairs = DigestSet(expecting: rows)
        completions = DigestSet()
    }

    /// Whether a row has what a record needs.
    static func isUsable(_ pair: Pair, hasNoPrompts: Bool) -> Bool {
        !pair.completion.isEmpty && (hasNoPrompts || pair.traits.isDisjoint(with: .noPrompt))
    }

    /// Completions do not all begin with one character, or that is no space.
    var needsSpace: Bool { !startsAlike || firstStart != 0x20 }

    mutating func add(_ pair: Pair) {
        rows += 1
        if pair.traits.contains(.oversized) { return oversized.add(pair.row) }
        if !pair.traits.isDisjoint(with: .noPrompt) { noPrompt.add(pair.row) }
        if !pair.traits.isDisjoint(with: .noCompletion) {
            noCompletion.add(pair.row)
        } else if pair.completion.isEmpty {
            emptyCompletion.add(pair.row)
        }
        guard Self.isUsable(pair, hasNoPrompts: hasNoPrompts) else { return }
        usable += 1
        if pair.traits.contains(.converted) { converted.add(pair.row) }
        var signature: Survey.Signature = []
        if pair.traits.contains(.unclean) {
            unclean.add(pair.row)
            signature.insert(.unclean)
        }
        let facts = pair.facts ?? Pair.Facts(pair.prompt, pair.completion)
        if !pairs.insert(facts.digest) {
            duplicates.insert(pair.row)
            duplicateRows.add(pair.row)
            signature.insert(.duplicate)
        }
        if isLong(pair) {
            longRows.add(pair.row)
            signature.insert(.long)
        }
        signature.formUnion(close.signature(of: pair.row))
        if pair.completion.first == 0x20 { signature.insert([.spaced, .spacedLater]) }
        if completions.insert(facts.completionDigest), completions.count > Self.mostClasses { classes = nil }
        classes?.add(pair.completion, facts.completionDigest, signature)
        promptCase.add(facts.promptCase)
        completionCase.add(facts.completionCase)
        addTexts(pair)
        tallies[Int(signature.rawValue)].add(pair)
    }

    private mutating func addTexts(_ pair: Pair) {
        promptPrefix.narrow(by: pair.prompt)
        promptSuffix.narrow(by: pair.prompt)
        completionPrefix.narrow(by: pair.completion)
        completionSuffix.narrow(by: pair.completion)
        promptLength.add(pair.prompt.count)
        completionLength.add(pair.completion.count)
        separators.look(in: pair.prompt)
        endings.look(in: pair.completion)
        if !hasNewline, pair.prompt.contains(0x0a) {
            // In prompts of several lines ` ->` would not stand out.
            hasNewline = true
            separators.rule(out: 0)
        }
        let start = scalar(pair.completion, 0)?.0.value ?? UInt32(pair.completion[0]) | 1 << 31
        if firstStart == nil { firstStart = start }
        if start != firstStart { startsAlike = false }
    }
}

/// Whether prompt and completion have more than `Surveyor.longLimit` characters together.
func isLong(_ pair: Pair) -> Bool {
    guard pair.prompt.count + pair.completion.count > Surveyor.longLimit else { return false }
    return scalarCount(pair.prompt) + scalarCount(pair.completion) > Surveyor.longLimit
}

extension Survey.Tally {
    mutating func add(_ pair: Pair) {
        rows.add(pair.row)
        if samples.count < 3 { samples.append(Survey.Sample(pair)) }
    }
}
