/// What some answers come to: which survey counts, which repairs are made, and how many records are left.
struct PreparePlan {
    let surveys: Surveys
    let answers: [PrepareQuestion.ID: Bool]
    let survey: Survey
    let repairs: Repairs

    init(_ surveys: Surveys, answers: [PrepareQuestion.ID: Bool]) {
        self.surveys = surveys
        self.answers = answers
        survey = surveys.survey(isCleaning: answers[.cleanText] ?? true)
        repairs = Self.repairs(of: survey, answers: answers, before: nil)
    }

    func isAccepted(_ id: PrepareQuestion.ID) -> Bool { answers[id] ?? id.suggestion }

    /// The repairs that precede a question.
    func repairs(before id: PrepareQuestion.ID) -> Repairs {
        Self.repairs(of: survey, answers: answers, before: id)
    }

    /// The repairs that precede a question, and its own.
    func repairs(with id: PrepareQuestion.ID) -> Repairs {
        var answers = answers.filter { Self.order($0.key) < Self.order(id) }
        answers[id] = true
        let ending = self.answers[.addEnding]
        for later in PrepareQuestion.ID.allCases where Self.order(later) > Self.order(id) { answers[later] = false }
        var repairs = Self.repairs(of: survey, answers: answers, before: nil)
        // What becomes of an emptied completion depends on what follows.
        repairs.dropsEmptied = repairs.dropsEmptied && !(survey.offersEnding && ending ?? true)
        return repairs
    }

    // MARK: - Rows

    /// Whether rows of a kind are left out by repairs.
    static func isLeftOut(_ kind: Survey.Signature, by repairs: Repairs) -> Bool {
        repairs.removesDuplicates && kind.contains(.duplicate) || repairs.removesLong && kind.contains(.long)
            || repairs.removesNear && kind.contains(.near) || repairs.removesTooLong && kind.contains(.tooLong)
            || repairs.completionPrefix > 0 && repairs.dropsEmptied && kind.contains(.emptied)
    }

    /// Records that are left after repairs.
    func count(after repairs: Repairs) -> Int {
        survey.kinds.reduce(0) { $0 + (Self.isLeftOut($1.kind, by: repairs) ? 0 : $1.tally.rows.count) }
    }

    // MARK: -

    private static func order(_ id: PrepareQuestion.ID) -> Int { PrepareQuestion.ID.allCases.firstIndex(of: id)! }

    private static func repairs(
        of survey: Survey, answers: [PrepareQuestion.ID: Bool], before limit: PrepareQuestion.ID?
    ) -> Repairs {
        func isMade(_ id: PrepareQuestion.ID, _ isOffered: Bool) -> Bool {
            isOffered && (answers[id] ?? id.suggestion) && limit.map { order(id) < order($0) } ?? true
        }
        var repairs = Repairs()
        repairs.removesDuplicates = isMade(.removeDuplicates, survey.duplicateRows.count > 0)
        repairs.removesNear = isMade(.removeNear, true)
        repairs.removesTooLong = isMade(.removeTooLong, true)
        repairs.removesLong = isMade(.removeLong, survey.offersLong)
        repairs.lowersPrompts = isMade(.lowercasePrompts, survey.promptCase.isMostlyUpper)
        repairs.lowersCompletions = isMade(.lowercaseCompletions, survey.completionCase.isMostlyUpper)
        repairs.protectedPromptEnd = survey.protectedPromptEnd
        repairs.protectedCompletionEnd = survey.protectedCompletionEnd
        if isMade(.addSeparator, survey.offersSeparator) { repairs.separator = survey.separator }
        if isMade(.removePromptPrefix, survey.offersPromptPrefix) {
            repairs.promptPrefix = length(survey.promptPrefix, isLowered: repairs.lowersPrompts)
        }
        if isMade(.removeCompletionPrefix, survey.offersCompletionPrefix) {
            repairs.completionPrefix = length(survey.completionPrefix, isLowered: repairs.lowersCompletions)
            repairs.keepsSpace = survey.completionPrefix.first == 0x20
            repairs.dropsEmptied = !repairs.keepsSpace && !(survey.offersEnding && answers[.addEnding] ?? true)
        }
        if isMade(.addEnding, survey.offersEnding) { repairs.ending = survey.ending }
        repairs.addsSpace = isMade(.addSpace, survey.needsSpace)
        return repairs
    }

    /// Code points of a prefix; a few letters take two when lowered.
    private static func length(_ prefix: [UInt8], isLowered: Bool) -> Int {
        guard isLowered else { return scalars(prefix) }
        let buffer = ByteBuffer(capacity: prefix.count + 16)
        prefix.withUnsafeBufferPointer { LetterCase.lower($0, into: buffer) }
        return scalarCount(buffer.bytes)
    }
}

extension Survey {
    /// The kinds of rows there are.
    var kinds: [(kind: Signature, tally: Tally)] {
        tallies.indices.filter { tallies[$0].rows.count > 0 }.map { (Signature(rawValue: UInt16($0)), tallies[$0]) }
    }
}
