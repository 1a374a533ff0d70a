import TuneModel

/// What some answers about conversations or preferences come to: the repairs that are made, and the records left.
struct ChatPlan {
    let survey: ChatSurvey
    let answers: [PrepareQuestion.ID: Bool]

    typealias ID = PrepareQuestion.ID
    typealias Traits = ChatSurvey.Traits

    /// The questions in the order in which they are asked and applied.
    static let repairs: [ID] = [
        .cleanText, .mapRoles, .removeEmptyTurns, .joinTurns, .stripText, .setSystem, .removeUntrainable,
        .removeEqualAnswers, .removeDuplicates, .removeNear, .removeTooLong,
    ]

    func suggestion(_ id: ID) -> Bool {
        switch id {
        case .setSystem: survey.isSystemTold
        // A conversation that is cut has lost its question.
        case .removeTooLong: true
        default: id.suggestion
        }
    }

    func isAccepted(_ id: ID) -> Bool { answers[id] ?? suggestion(id) }

    var repairs: ChatRepairs { repairs(before: nil) }

    /// The repairs of texts and turns that precede a question.
    func repairs(before limit: ID?) -> ChatRepairs {
        let end = limit.flatMap { Self.repairs.firstIndex(of: $0) } ?? Self.repairs.count
        var repairs = ChatRepairs()
        for id in Self.repairs[..<end] where isAccepted(id) { add(id, to: &repairs) }
        return repairs
    }

    func add(_ id: ID, to repairs: inout ChatRepairs) {
        switch id {
        case .cleanText: repairs.cleans = true
        case .mapRoles: repairs.mapsRoles = true
        case .removeEmptyTurns: repairs.dropsEmptyTurns = true
        case .joinTurns: repairs.joinsTurns = true
        case .stripText: repairs.strips = true
        case .setSystem: repairs.system = survey.system
        default: break
        }
    }

    /// What makes a row a question's concern.
    func trait(_ id: ID) -> Traits? {
        switch id {
        case .cleanText: .unclean
        case .mapRoles: .otherRoles
        case .removeEmptyTurns: .emptyTurns
        case .joinTurns: .joinable
        case .stripText: .spaced
        case .setSystem: survey.system == nil ? nil : .otherSystem
        case .removeUntrainable:
            .untrainable(mapped: isAccepted(.mapRoles), dropped: isAccepted(.removeEmptyTurns))
        case .removeEqualAnswers: .equalAnswers
        case .removeDuplicates: .duplicate
        case .removeNear: .near
        case .removeTooLong: .tooLong
        default: nil
        }
    }

    /// Whether rows of a kind are left out by the answers before a question, or by all.
    func isLeftOut(_ kind: Traits, before limit: ID? = nil) -> Bool {
        for id in Self.repairs {
            if id == limit { return false }
            switch id {
            case .removeUntrainable, .removeEqualAnswers, .removeDuplicates, .removeNear, .removeTooLong:
                if isAccepted(id), let trait = trait(id), kind.contains(trait) { return true }
            default: break
            }
        }
        return false
    }

    func outcome(names: PreparedNames, isConverted: Bool, share: Double) -> PrepareOutcome {
        let records = survey.kinds.reduce(0) { $0 + (isLeftOut($1.key) ? 0 : $1.value.rows.count) }
        let apart = PrepareOutcome.parts(of: records, share: share)
        let isSetApart = apart != nil && isAccepted(.setApart)
        let isRepaired = Self.repairs.contains { isAccepted($0) && concerned(by: $0).count > 0 }
        let isOtherLayout = survey.kinds.contains { $0.key.contains(.converted) && !isLeftOut($0.key) }
        let isWritten = (isConverted || isRepaired || isOtherLayout || isSetApart) && records > 0
        return PrepareOutcome(
            task: survey.layout.shape == .preference ? .preferences : .conversations, recordsRead: survey.rows,
            records: records, isChanged: isWritten,
            files: !isWritten ? [] : isSetApart ? [names.training, names.validation] : [names.single],
            fileRecords: !isWritten
                ? [] : isSetApart ? apart.map { [$0.training, $0.validation] } ?? [records] : [records],
            share: share, isSetApart: isSetApart, separator: nil, ending: nil)
    }

    // MARK: - Questions

    /// The rows that a question is about, given the answers before it.
    func concerned(by id: ID) -> (count: Int, rows: [Int], samples: [ChatSurvey.Sample]) {
        guard let trait = trait(id) else { return (0, [], []) }
        var list = RowList()
        var samples: [ChatSurvey.Sample] = []
        for (kind, tally) in survey.kinds where kind.contains(trait) && !isLeftOut(kind, before: id) {
            list.merge(tally.rows)
            samples += tally.samples
        }
        return (list.count, list.rows, Array(samples.sorted { $0.row < $1.row }.prefix(3)))
    }

    func questions(_ outcome: PrepareOutcome) -> [PrepareQuestion] {
        var questions = Self.repairs.compactMap(question)
        if outcome.offersSettingApart { questions.append(.setApart(outcome, answer: answers[.setApart])) }
        if outcome.isChanged {
            questions.append(
                PrepareQuestion(
                    id: .write, title: ID.writeTitle(outcome), why: ID.writeWhy, action: Wording("write", "写入"),
                    count: outcome.records, examples: [], rows: [], suggestion: true, answer: answers[.write]))
        }
        return questions
    }

    private func question(_ id: ID) -> PrepareQuestion? {
        let (count, rows, samples) = concerned(by: id)
        guard count > 0 else { return nil }
        let words = ChatWording(survey: survey, id: id, count: count)
        return PrepareQuestion(
            id: id, title: words.title, why: words.why, action: words.action, count: count,
            examples: samples.map { example(id, $0) }, rows: rows, suggestion: suggestion(id), answer: answers[id])
    }

    private func example(_ id: ID, _ sample: ChatSurvey.Sample) -> PrepareExample {
        let earlier = repairs(before: id)
        var with = earlier
        add(id, to: &with)
        let isRemoval = with == earlier
        let before = sample.value.map { Self.transcript(of: earlier.apply(to: $0)) } ?? sample.text
        let after = isRemoval ? nil : sample.value.map { Self.transcript(of: with.apply(to: $0)) }
        return PrepareExample(
            row: sample.row, field: .conversation, before: .init(prompt: before, completion: ""),
            after: after.map { .init(prompt: $0, completion: "") })
    }

    /// A row as people read it, a turn on each line.
    private static func transcript(of row: JSONValue) -> String {
        let lists = Turns.lists(of: row)
        guard !lists.isEmpty else { return String(decoding: row.json.prefix(500), as: UTF8.self) }
        let marks = lists.count == 3 ? ["", "✓ ", "✗ "] : [String](repeating: "", count: lists.count)
        return zip(lists, marks).flatMap { turns, mark in
            turns.map { "\(mark)\(Turns.role($0)): \(Turns.text($0))" }
        }.joined(separator: "\n")
    }
}
