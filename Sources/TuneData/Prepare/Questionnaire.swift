import TuneModel

/// The questions that are worth asking under a plan, with their evidence.
struct Questionnaire {
    let plan: PreparePlan
    let outcome: PrepareOutcome

    private var survey: Survey { plan.survey }

    var questions: [PrepareQuestion] {
        var questions = PrepareQuestion.ID.repairs.compactMap { repair($0) }
        if case .classification(let classes) = outcome.task { questions.append(split(classes)) }
        if outcome.offersSettingApart { questions.append(.setApart(outcome, answer: plan.answers[.setApart])) }
        if outcome.isChanged { questions.append(write) }
        return questions
    }

    /// Whether any accepted question changes a record.
    static func isAnythingRepaired(_ plan: PreparePlan) -> Bool {
        let outcome = PrepareOutcome.unchanged(0)
        return PrepareQuestion.ID.repairs.contains { id in
            plan.isAccepted(id) && Questionnaire(plan: plan, outcome: outcome).affected(id)?.count ?? 0 > 0
        }
    }

    // MARK: - Rows that a repair changes

    struct Affected {
        var count = 0
        var rows: [Int] = []
        var samples: [Survey.Sample] = []
    }

    /// The rows that yes would change, given the earlier answers; nil when the question is not worth asking.
    func affected(_ id: PrepareQuestion.ID) -> Affected? {
        if id == .cleanText {
            guard surveys.cleaned != nil else { return nil }
            let plain = surveys.plain
            let samples = plain.kinds.filter { $0.kind.contains(.unclean) }.flatMap { $0.tally.samples }
            return Affected(count: plain.unclean.count, rows: plain.unclean.rows, samples: samples.firstRows())
        }
        guard isOffered(id) else { return nil }
        let earlier = plan.repairs(before: id)
        var affected = Affected()
        for (kind, tally) in survey.kinds where !PreparePlan.isLeftOut(kind, by: earlier) && changes(id, kind, earlier)
        {
            affected.count += tally.rows.count
            affected.rows += tally.rows.rows
            affected.samples += tally.samples
        }
        affected.rows = Array(affected.rows.sorted().prefix(RowList.limit))
        affected.samples = affected.samples.firstRows()
        return affected.count > 0 ? affected : nil
    }

    private var surveys: Surveys { plan.surveys }

    private func isOffered(_ id: PrepareQuestion.ID) -> Bool {
        switch id {
        case .cleanText: surveys.cleaned != nil
        case .removeDuplicates: survey.duplicateRows.count > 0
        case .removeNear, .removeTooLong: true
        case .removeLong: survey.offersLong
        case .lowercasePrompts: survey.promptCase.isMostlyUpper
        case .lowercaseCompletions: survey.completionCase.isMostlyUpper
        case .addSeparator: survey.offersSeparator
        case .removePromptPrefix: survey.offersPromptPrefix
        case .removeCompletionPrefix: survey.offersCompletionPrefix
        case .addEnding: survey.offersEnding
        case .addSpace: survey.needsSpace
        case .mapRoles, .removeEmptyTurns, .joinTurns, .stripText, .setSystem, .removeUntrainable, .removeEqualAnswers,
            .split, .setApart, .write:
            false
        }
    }

    private func changes(_ id: PrepareQuestion.ID, _ kind: Survey.Signature, _ earlier: Repairs) -> Bool {
        switch id {
        case .removeDuplicates: kind.contains(.duplicate)
        case .removeNear: kind.contains(.near)
        case .removeLong: kind.contains(.long)
        case .removeTooLong: kind.contains(.tooLong)
        case .lowercasePrompts: kind.contains(.upperPrompt)
        case .lowercaseCompletions: kind.contains(.upperCompletion)
        case .addSpace: !kind.contains(earlier.completionPrefix > 0 ? .spacedLater : .spaced)
        case .addSeparator, .removePromptPrefix, .removeCompletionPrefix, .addEnding: true
        case .cleanText, .mapRoles, .removeEmptyTurns, .joinTurns, .stripText, .setSystem, .removeUntrainable,
            .removeEqualAnswers, .split, .setApart, .write:
            false
        }
    }

    // MARK: - Examples

    private func repair(_ id: PrepareQuestion.ID) -> PrepareQuestion? {
        guard let affected = affected(id) else { return nil }
        let isDropping = id == .removeCompletionPrefix && plan.repairs(with: id).dropsEmptied
        let emptied = isDropping ? emptiedCount : 0
        return PrepareQuestion(
            id: id, title: id.title(survey, count: affected.count), why: id.why(survey, emptied: emptied),
            action: id.action(survey), count: affected.count, examples: affected.samples.map { example(id, $0) },
            rows: affected.rows, suggestion: id.suggestion, answer: plan.answers[id])
    }

    /// Rows left out because the prefix is all there is to their completions.
    private var emptiedCount: Int {
        let earlier = plan.repairs(before: .removeCompletionPrefix)
        return survey.kinds.filter { $0.kind.contains(.emptied) && !PreparePlan.isLeftOut($0.kind, by: earlier) }
            .reduce(0) { $0 + $1.tally.rows.count }
    }

    private func example(_ id: PrepareQuestion.ID, _ sample: Survey.Sample) -> PrepareExample {
        let before: PrepareExample.Pair?
        let after: PrepareExample.Pair?
        switch id {
        case .cleanText:
            before = .init(prompt: sample.prompt, completion: sample.completion)
            after = .init(prompt: Self.cleaned(sample.prompt), completion: Self.cleaned(sample.completion))
        case .removeDuplicates, .removeNear, .removeLong, .removeTooLong:
            before = plan.repairs(before: id).pair(sample)
            after = nil
        default:
            before = plan.repairs(before: id).pair(sample)
            after = plan.repairs(with: id).pair(sample)
        }
        return PrepareExample(
            row: sample.row, field: id.field,
            before: before ?? .init(prompt: sample.prompt, completion: sample.completion), after: after)
    }

    private static func cleaned(_ text: [UInt8]) -> [UInt8] {
        let buffer = ByteBuffer(capacity: text.count)
        text.withUnsafeBufferPointer { Cleaning.clean($0, into: buffer) }
        return buffer.array
    }

    // MARK: - The last two

    private func split(_ classes: Int) -> PrepareQuestion {
        PrepareQuestion(
            id: .split, title: PrepareQuestion.ID.splitTitle(classes, Split.parts(of: outcome.records)),
            why: PrepareQuestion.ID.splitWhy, action: PrepareQuestion.ID.split.action(survey), count: outcome.records,
            examples: [], rows: [], suggestion: true, answer: plan.answers[.split])
    }

    private var write: PrepareQuestion {
        PrepareQuestion(
            id: .write, title: PrepareQuestion.ID.writeTitle(outcome), why: PrepareQuestion.ID.writeWhy,
            action: PrepareQuestion.ID.write.action(survey), count: outcome.records, examples: [], rows: [],
            suggestion: true, answer: plan.answers[.write])
    }
}

extension PrepareExample.Pair {
    init(prompt: [UInt8], completion: [UInt8]) {
        self.init(
            prompt: String(decoding: prompt, as: UTF8.self), completion: String(decoding: completion, as: UTF8.self))
    }
}

extension Repairs {
    /// A sample repaired; nil when nothing would be left of its completion.
    fileprivate func pair(_ sample: Survey.Sample) -> PrepareExample.Pair? {
        let prompt = ByteBuffer(capacity: sample.prompt.count + 32)
        let completion = ByteBuffer(capacity: sample.completion.count + 32)
        sample.prompt.withUnsafeBufferPointer { repair(prompt: $0, into: prompt) }
        let isLeft = sample.completion.withUnsafeBufferPointer { repair(completion: $0, into: completion) }
        return isLeft ? .init(prompt: prompt.array, completion: completion.array) : nil
    }
}

extension [Survey.Sample] {
    /// The three that stand first in the file.
    fileprivate func firstRows() -> [Survey.Sample] { Array(sorted { $0.row < $1.row }.prefix(3)) }
}
