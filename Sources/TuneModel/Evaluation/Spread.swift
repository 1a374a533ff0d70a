/// The figures of models by measures, and what of their differences is more than chance.
struct Spread {
    /// By column, then by model.
    private(set) var values: [[Double?]]
    private(set) var intervals: [[Interval?]]
    private(set) var standings: [[EvaluationSummary.Standing]]

    init(_ columns: [SumTable.Column], models: Int, records: Int) {
        values = columns.map { column in (0..<models).map { column.value(model: $0) } }
        intervals = columns.map { _ in [Interval?](repeating: nil, count: models) }
        standings = columns.map { _ in [EvaluationSummary.Standing](repeating: .alone, count: models) }
        var bootstrap = Bootstrap(count: records)
        // Every model is looked at in the same samples, so that hard records do not pass for a difference.
        var draws = columns.map { _ in [[Double]](repeating: [], count: models) }
        if records > 1 {
            for _ in 0..<bootstrap.resamples {
                let times = bootstrap.draw()
                for (index, column) in columns.enumerated() {
                    for model in 0..<models {
                        draws[index][model].append(column.value(model: model, times: times) ?? .nan)
                    }
                }
            }
        }
        for (index, column) in columns.enumerated() {
            for model in 0..<models where values[index][model] != nil {
                intervals[index][model] = Interval(draws[index][model])
            }
            standings[index] = Self.standings(values[index], draws[index], isCost: column.measure.isCost)
        }
    }

    /// The best, and for each other whether its difference to the best has one sign in 95 of 100 samples.
    private static func standings(
        _ values: [Double?], _ draws: [[Double]], isCost: Bool
    ) -> [EvaluationSummary.Standing] {
        let measured = values.indices.filter { values[$0]?.isFinite ?? false }
        func isBetter(_ left: Int, _ right: Int) -> Bool {
            isCost ? values[left]! < values[right]! : values[left]! > values[right]!
        }
        var standings = [EvaluationSummary.Standing](repeating: .alone, count: values.count)
        guard measured.count > 1, let best = measured.min(by: isBetter) else { return standings }
        let isShared = measured.contains { $0 != best && values[$0] == values[best] }
        for model in measured {
            if values[model] == values[best] {
                // None of several that are the same is better.
                standings[model] = isShared ? .even : .best
            } else {
                let differences = zip(draws[best], draws[model]).map { $0 - $1 }
                standings[model] = Interval(differences).map { $0.contains(0) ? .even : .behind } ?? .even
            }
        }
        return standings
    }
}
