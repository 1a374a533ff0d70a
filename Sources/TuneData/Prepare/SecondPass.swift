/// What the second reading gathers: how each repair decided on in the first would treat each row. One thread uses it.
struct SecondPass {
    private let survey: Survey
    private let close: CloseSurvey
    private let lowersPrompts: Bool
    private let lowersCompletions: Bool
    private let prefixLength: Int
    private let prefixHasSpace: Bool
    private let sharedLength: Int?
    private(set) var emptiedRows = RowList()
    private(set) var classes: ClassTable?
    private(set) var promptSuffixRecurs = false
    private(set) var completionSuffixRecurs = false
    private(set) var tallies = Array(repeating: Survey.Tally(), count: Survey.Signature.count)

    init(
        _ survey: Survey, close: CloseSurvey, lowersPrompts: Bool, lowersCompletions: Bool, needsClasses: Bool
    ) {
        self.survey = survey
        self.close = close
        self.lowersPrompts = lowersPrompts
        self.lowersCompletions = lowersCompletions
        prefixLength = survey.offersCompletionPrefix ? survey.completionPrefix.count : 0
        prefixHasSpace = survey.completionPrefix.first == 0x20
        let isShared = !survey.completionsAreSame && scalars(survey.sharedCompletionStart) >= 5
        sharedLength = isShared ? survey.sharedCompletionStart.count : nil
        classes = needsClasses ? ClassTable() : nil
    }

    mutating func add(_ pair: Pair) {
        guard FirstPass.isUsable(pair, hasNoPrompts: survey.hasNoPrompts) else { return }
        let signature = signature(of: pair)
        if pair.completion.count == sharedLength { emptiedRows.add(pair.row) }
        tallies[Int(signature.rawValue)].add(pair)
        classes?.add(pair.completion, Digest(pair.completion), signature)
        if !promptSuffixRecurs { promptSuffixRecurs = recurs(survey.promptSuffix, in: pair.prompt) }
        if !completionSuffixRecurs { completionSuffixRecurs = recurs(survey.completionSuffix, in: pair.completion) }
    }

    private func signature(of pair: Pair) -> Survey.Signature {
        var signature = close.signature(of: pair.row)
        if pair.traits.contains(.unclean) { signature.insert(.unclean) }
        if survey.duplicates.contains(pair.row) { signature.insert(.duplicate) }
        if isLong(pair) { signature.insert(.long) }
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

    private func recurs(_ suffix: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !suffix.isEmpty, text.count > suffix.count else { return false }
        return contains(UnsafeBufferPointer(rebasing: text[..<(text.count - suffix.count)]), suffix)
    }
}
