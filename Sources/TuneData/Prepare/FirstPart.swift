/// What the first reading gathers from a stretch of rows, without regard to the others. One thread uses it.
struct FirstPart: Sendable {
    /// A row that a record can be made of.
    struct Usable: Sendable {
        let row: Int
        /// Of prompt and completion.
        let digest: Digest
        let completion: Digest
        /// What shows in the row itself.
        let signature: Survey.Signature
        /// Where the completion stands among the part's texts; nil where it does not.
        let text: Range<Int>?
    }

    let hasNoPrompts: Bool
    private(set) var rows = 0
    private(set) var oversized = RowList()
    private(set) var noPrompt = RowList()
    private(set) var noCompletion = RowList()
    private(set) var emptyCompletion = RowList()
    private(set) var converted = RowList()
    private(set) var unclean = RowList()
    private(set) var longRows = RowList()
    private(set) var usable: [Usable] = []
    /// Where the lines of the usable rows stand.
    private(set) var places = LinePlaces()
    private(set) var texts: FreshTexts
    private(set) var promptCase = LetterCase.Tally()
    private(set) var completionCase = LetterCase.Tally()
    private(set) var promptPrefix = CommonEdge(.start)
    private(set) var promptEnd = EndWatch()
    private(set) var completionPrefix = CommonEdge(.start)
    private(set) var completionEnd = EndWatch()
    private(set) var promptLength = Extent()
    private(set) var completionLength = Extent()
    private(set) var separators = MarkSearch(Surveyor.separators)
    private(set) var endings = MarkSearch(Surveyor.endings)
    private(set) var starts = CommonStart()
    private(set) var hasNewline = false
    private let close: CloseSurvey

    /// The smallest and the largest of some lengths, in bytes.
    struct Extent: Sendable {
        private(set) var min = Int.max
        private(set) var max = 0

        var isOne: Bool { min == max }

        mutating func add(_ length: Int) {
            min = Swift.min(min, length)
            max = Swift.max(max, length)
        }

        mutating func add(_ other: Extent) {
            min = Swift.min(min, other.min)
            max = Swift.max(max, other.max)
        }
    }

    init(hasNoPrompts: Bool, close: CloseSurvey, texts: FreshTexts) {
        self.hasNoPrompts = hasNoPrompts
        self.close = close
        self.texts = texts
    }

    mutating func add(_ pair: Pair, in line: Line) {
        rows += 1
        if pair.traits.contains(.oversized) { return oversized.add(pair.row) }
        if !pair.traits.isDisjoint(with: .noPrompt) { noPrompt.add(pair.row) }
        if !pair.traits.isDisjoint(with: .noCompletion) {
            noCompletion.add(pair.row)
        } else if pair.completion.isEmpty {
            emptyCompletion.add(pair.row)
        }
        guard pair.isUsable(hasNoPrompts: hasNoPrompts) else { return }
        if pair.traits.contains(.converted) { converted.add(pair.row) }
        var signature: Survey.Signature = []
        if pair.traits.contains(.unclean) {
            unclean.add(pair.row)
            signature.insert(.unclean)
        }
        if pair.isLong {
            longRows.add(pair.row)
            signature.insert(.long)
        }
        signature.formUnion(close.signature(of: pair.row))
        if pair.completion.first == 0x20 { signature.insert([.spaced, .spacedLater]) }
        let completion = Digest(pair.completion)
        usable.append(
            Usable(
                row: pair.row, digest: Digest(Digest(pair.prompt), completion), completion: completion,
                signature: signature, text: texts.add(pair.completion, completion)))
        places.add(line)
        addTexts(pair)
    }

    private mutating func addTexts(_ pair: Pair) {
        promptCase.add(pair.prompt)
        completionCase.add(pair.completion)
        promptPrefix.narrow(by: pair.prompt)
        promptEnd.look(in: pair.prompt, row: pair.row)
        completionPrefix.narrow(by: pair.completion)
        completionEnd.look(in: pair.completion, row: pair.row)
        promptLength.add(pair.prompt.count)
        completionLength.add(pair.completion.count)
        separators.look(in: pair.prompt, row: pair.row)
        endings.look(in: pair.completion, row: pair.row)
        if !hasNewline, pair.prompt.contains(0x0a) {
            // In prompts of several lines ` ->` would not stand out.
            hasNewline = true
            separators.rule(out: 0)
        }
        starts.add(pair.completion)
    }
}

/// What all completions begin with, when it is one character.
struct CommonStart: Sendable {
    private var first: UInt32?
    private var isCommon = true

    /// Whether they do not all begin with one character, or that is no space.
    var needsSpace: Bool { !isCommon || first != 0x20 }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        add(scalar(text, 0)?.0.value ?? UInt32(text[0]) | 1 << 31)
    }

    mutating func add(_ other: CommonStart) {
        if !other.isCommon { isCommon = false }
        if let start = other.first { add(start) }
    }

    private mutating func add(_ start: UInt32) {
        if first == nil { first = start }
        if start != first { isCommon = false }
    }
}
