/// The figures of an evaluation: models by measures.
public struct EvaluationSummary: Hashable, Sendable {
    /// How a model stands against the others by one measure.
    public enum Standing: Hashable, Sendable {
        /// There is nothing to compare with.
        case alone
        case best
        /// The difference to the best one could be chance.
        case even
        case behind
    }

    public struct Figure: Hashable, Sendable {
        public let value: Double
        /// Where the value would lie in 95 of 100 samples of records; nil for fewer than two records.
        public let interval: Interval?
        public let standing: Standing
        /// Records that it was measured on.
        public let count: Int
    }

    public struct Row: Hashable, Sendable {
        public let model: String
        public let figures: [Measure: Figure]
        /// Nil without classes or answers.
        public let classification: ClassificationReport?
        /// Answers that ended only because they were as long as allowed.
        public let cut: Int
        public let answers: Int
        /// Answers that the judge did not judge.
        public let unjudged: Int
        /// Records without an answer, since the model failed.
        public let failures: Int
    }

    /// Those that were taken, in the order of `Measure`.
    public let measures: [Measure]
    /// In the order of the models.
    public let rows: [Row]

    public init(_ report: EvaluationReport) {
        let table = SumTable(report)
        let columns = Measure.allCases.compactMap { table.column($0) }
        measures = columns.map(\.measure)
        let spread = Spread(columns, models: report.models.count, records: report.records.count)
        rows = report.models.indices.map { model in
            var figures: [Measure: Figure] = [:]
            for (index, column) in columns.enumerated() {
                guard let value = spread.values[index][model] else { continue }
                figures[column.measure] = Figure(
                    value: value, interval: spread.intervals[index][model],
                    standing: spread.standings[index][model], count: column.counts[model])
            }
            let outcomes = report.models[model].outcomes
            return Row(
                model: report.models[model].model, figures: figures,
                classification: report.classification(of: model),
                cut: outcomes.count { $0.answer?.finish == .length }, answers: outcomes.count { $0.answer != nil },
                unjudged: outcomes.count { $0.judgement.map { $0.points == nil } ?? false },
                failures: outcomes.count { $0.failure != nil })
        }
    }
}

extension EvaluationReport {
    /// How a model sorted the records into classes; nil without classes or answers.
    public func classification(of model: Int) -> ClassificationReport? {
        guard let labels else { return nil }
        let pairs = records.indices.compactMap { classes(record: $0, model: model) }
        return pairs.isEmpty ? nil : ClassificationReport(labels.names, pairs)
    }
}
