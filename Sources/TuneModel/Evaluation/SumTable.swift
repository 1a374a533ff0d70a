/// Every measure of an evaluation as what can be added up over records, so that a sample of records is one weighted sum.
struct SumTable {
    /// One measure of all models.
    struct Column {
        let measure: Measure
        /// For each model, for each record, what is added up; empty where the record was not measured.
        let parts: [[[Double]]]
        /// What a sum comes to; nil where nothing was added up.
        let value: ([Double]) -> Double?
        let width: Int

        /// Records measured, for each model.
        var counts: [Int] { parts.map { $0.count { !$0.isEmpty } } }

        /// - Parameter times: how often each record counts; nil for once each.
        func value(model: Int, times: [Double]? = nil) -> Double? {
            var sum = [Double](repeating: 0, count: width)
            for (record, part) in parts[model].enumerated() where !part.isEmpty {
                let weight = times?[record] ?? 1
                if weight == 0 { continue }
                for index in 0..<width { sum[index] += weight * part[index] }
            }
            return value(sum)
        }
    }

    private let report: EvaluationReport

    init(_ report: EvaluationReport) { self.report = report }

    /// Nil where no model was measured so.
    func column(_ measure: Measure) -> Column? {
        guard !isTooLong(measure) else { return nil }
        let parts = report.models.indices.map { model in
            report.records.indices.map { self.parts(measure, record: $0, model: model) ?? [] }
        }
        guard let width = parts.joined().first(where: { !$0.isEmpty })?.count else { return nil }
        return Column(measure: measure, parts: parts, value: Self.rule(of: measure), width: width)
    }

    // MARK: -

    /// Whether what was expected is always shorter than the runs that are compared: it could not but be worth 0.
    private func isTooLong(_ measure: Measure) -> Bool {
        let length =
            switch measure {
            case .bleu: BLEU.order
            case .rouge2: 2
            default: 0
            }
        guard length > 0 else { return false }
        let answers = report.models.lazy.flatMap(\.outcomes).compactMap(\.answer)
        return !answers.contains { $0.score.bleu.expectedLength >= length }
    }

    private func parts(_ measure: Measure, record: Int, model: Int) -> [Double]? {
        let outcome = report.models[model].outcomes[record]
        switch measure {
        case .loss: return outcome.loss.map { [$0.loss * Double($0.tokens), Double($0.tokens)] }
        case .tokenAccuracy: return outcome.loss.map { [Double($0.right), Double($0.tokens)] }
        case .bleu: return outcome.answer?.score.bleu.numbers
        case .chrF: return outcome.answer?.score.chrF.numbers
        case .macroF1:
            guard let classes = report.classes(record: record, model: model), let labels = report.labels else {
                return nil
            }
            // For each class: records rightly taken for it, all taken for it, all that belong to it.
            var counts = [Double](repeating: 0, count: labels.names.count * 3)
            if classes.expected == classes.answer { counts[classes.expected * 3] = 1 }
            if let answer = classes.answer { counts[answer * 3 + 1] = 1 }
            counts[classes.expected * 3 + 2] = 1
            return counts
        default: return report.value(of: measure, record: record, model: model).map { [$0, 1] }
        }
    }

    private static func rule(of measure: Measure) -> ([Double]) -> Double? {
        switch measure {
        case .bleu: { BLEU.score($0, isSentence: false) }
        case .chrF: { ChrF.score($0) }
        case .macroF1: macroF1
        default: { $0[1] > 0 ? $0[0] / $0[1] : nil }
        }
    }

    /// A class that a sample has nothing to do with is left out, or small samples would all look worse.
    private static func macroF1(_ sum: [Double]) -> Double? {
        let values = stride(from: 0, to: sum.count, by: 3).compactMap { start -> Double? in
            let both = sum[start + 1] + sum[start + 2]
            return both > 0 ? 2 * sum[start] / both : nil
        }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
