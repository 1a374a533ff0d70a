/// What the second reading gathers from a stretch of rows: how each repair decided on in the first would treat each row.
/// One thread uses it.
struct SecondPart: Sendable {
    struct Usable: Sendable {
        let row: Int
        let signature: Survey.Signature
        /// Where classes are wanted.
        let completion: Digest?
        let text: Range<Int>?
    }

    private let look: SecondLook
    private(set) var emptiedRows = RowList()
    private(set) var usable: [Usable] = []
    private(set) var texts: FreshTexts

    init(_ look: SecondLook, texts: FreshTexts) {
        self.look = look
        self.texts = texts
    }

    mutating func add(_ pair: Pair) {
        guard pair.isUsable(hasNoPrompts: look.survey.hasNoPrompts) else { return }
        if pair.completion.count == look.sharedLength { emptiedRows.add(pair.row) }
        let completion = look.needsClasses ? Digest(pair.completion) : nil
        usable.append(
            Usable(
                row: pair.row, signature: look.signature(of: pair), completion: completion,
                text: completion.flatMap { texts.add(pair.completion, $0) }))
    }
}

/// What the second reading looks for.
struct SecondLook: Sendable {
    let survey: Survey
    let close: CloseSurvey
    let lowersPrompts: Bool
    let lowersCompletions: Bool
    let needsClasses: Bool
    /// Bytes of what all completions begin with, where a completion may be nothing else.
    let sharedLength: Int?
    private let prefixLength: Int
    private let prefixHasSpace: Bool

    init(
        _ survey: Survey, close: CloseSurvey, lowersPrompts: Bool, lowersCompletions: Bool, needsClasses: Bool
    ) {
        self.survey = survey
        self.close = close
        self.lowersPrompts = lowersPrompts
        self.lowersCompletions = lowersCompletions
        self.needsClasses = needsClasses
        prefixLength = survey.offersCompletionPrefix ? survey.completionPrefix.count : 0
        prefixHasSpace = survey.completionPrefix.first == 0x20
        let isShared = !survey.completionsAreSame && scalars(survey.sharedCompletionStart) >= 5
        sharedLength = isShared ? survey.sharedCompletionStart.count : nil
    }

    func signature(of pair: Pair) -> Survey.Signature {
        var signature = close.signature(of: pair.row)
        if pair.traits.contains(.unclean) { signature.insert(.unclean) }
        if survey.duplicates.contains(pair.row) { signature.insert(.duplicate) }
        if pair.isLong { signature.insert(.long) }
        if lowersPrompts, !isLower(pair.prompt, but: survey.protectedPromptEnd) { signature.insert(.upperPrompt) }
        if lowersCompletions, !isLower(pair.completion, but: survey.protectedCompletionEnd) {
            signature.insert(.upperCompletion)
        }
        if pair.completion.first == 0x20 { signature.insert(.spaced) }
        guard prefixLength > 0 else {
            if signature.contains(.spaced) { signature.insert(.spacedLater) }
            return signature
        }
        if pair.completion.count == prefixLength {
            signature.insert(prefixHasSpace ? [.emptied, .spacedLater] : .emptied)
        } else if prefixHasSpace || pair.completion[prefixLength] == 0x20 {
            signature.insert(.spacedLater)
        }
        return signature
    }

    private func isLower(_ text: UnsafeBufferPointer<UInt8>, but end: Int) -> Bool {
        LetterCase.isLower(UnsafeBufferPointer(rebasing: text[..<max(text.count - end, 0)]))
    }
}

/// What the second reading gathers from all rows, part by part in their order. One thread uses it.
struct SecondPass {
    private(set) var emptiedRows = RowList()
    private(set) var classes: ClassTable?
    private(set) var tallies = Array(repeating: Survey.Tally(), count: Survey.Signature.count)
    private let known: KnownTexts

    init(known: KnownTexts, needsClasses: Bool) {
        self.known = known
        classes = needsClasses ? ClassTable() : nil
    }

    mutating func add(_ part: SecondPart) {
        emptiedRows.append(part.emptiedRows)
        var added: [Digest] = []
        part.texts.bytes.withUnsafeBufferPointer { texts in
            for row in part.usable {
                tallies[Int(row.signature.rawValue)].rows.add(row.row)
                guard let completion = row.completion else { continue }
                if row.text != nil { added.append(completion) }
                classes?.add(completion, row.signature) { texts[row.text!] }
            }
        }
        known.add(added)
    }
}
