extension EvaluationReport {
    /// The value of a measure for one record and one model; nil where it was not measured or says nothing about a single
    /// record.
    public func value(of measure: Measure, record: Int, model: Int) -> Double? {
        let outcome = models[model].outcomes[record]
        let score = outcome.answer?.score
        return switch measure {
        case .loss: outcome.loss?.loss
        case .tokenAccuracy: outcome.loss.map { Double($0.right) / Double(max(1, $0.tokens)) }
        case .sequenceAccuracy: outcome.loss.map { $0.right == $0.tokens ? 1 : 0 }
        case .accuracy, .macroF1: isRightClass(record: record, model: model).map { $0 ? 1 : 0 }
        case .exactMatch: score.map { $0.isExact ? 1 : 0 }
        case .normalizedMatch: score.map { $0.isEqual ? 1 : 0 }
        case .rouge1: score?.rouge.one.f1
        case .rouge2: score?.rouge.two.f1
        case .rougeL: score?.rouge.longest.f1
        case .bleu: score?.bleu.sentenceScore
        case .chrF: score?.chrF.score
        case .judge: outcome.judgement?.points
        }
    }

    /// The class that a model gave a record, and the record's own; nil without classes or without an answer.
    public func classes(record: Int, model: Int) -> (expected: Int, answer: Int?)? {
        guard let labels, let answer = models[model].outcomes[record].answer,
            let expected = labels.index(of: records[record].expected)
        else { return nil }
        return (expected, labels.index(of: answer.text))
    }

    private func isRightClass(record: Int, model: Int) -> Bool? {
        classes(record: record, model: model).map { $0.expected == $0.answer }
    }

    /// The measure that answers are looked through by at first: the judge's where it judged most of them, else the one
    /// that fits what was asked.
    public var decisiveMeasure: Measure {
        let outcomes = models.flatMap(\.outcomes)
        let judged = outcomes.count { $0.judgement?.points != nil }
        if judged > 0, judged * 2 >= outcomes.count { return .judge }
        guard outcomes.contains(where: { $0.answer != nil }) else { return .loss }
        return labels == nil ? .rougeL : .accuracy
    }

    /// Places of the records, the worst first; those that were not measured are left out.
    ///
    /// Equal ones are told apart by their loss, then stand in the order of the file.
    ///
    /// - Parameter model: the model whose figures count; nil for the mean of all.
    public func worst(by measure: Measure, model: Int? = nil) -> [Int] {
        let measured = records.indices.compactMap { record -> (record: Int, value: Double, loss: Double)? in
            guard let value = mean(of: measure, record: record, model: model) else { return nil }
            return (record, measure.isCost ? -value : value, -(mean(of: .loss, record: record, model: model) ?? 0))
        }
        return measured.sorted { ($0.value, $0.loss, $0.record) < ($1.value, $1.loss, $1.record) }.map(\.record)
    }

    private func mean(of measure: Measure, record: Int, model: Int?) -> Double? {
        if let model { return value(of: measure, record: record, model: model) }
        let values = models.indices.compactMap { value(of: measure, record: record, model: $0) }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
